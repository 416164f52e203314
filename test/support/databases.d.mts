export function urlOfDatabase(serverUrl: string, name: string): string;
export function createDatabase(serverUrl: string, name: string, template?: string): Promise<void>;
export function dropDatabase(serverUrl: string, name: string): Promise<void>;
export function onServer(serverUrl: string, statement: string): Promise<void>;
