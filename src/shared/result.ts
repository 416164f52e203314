/** The outcome of an operation that may be refused for reasons a caller can act on. */
export type Result<Value, Problem> = { ok: true; value: Value } | { ok: false; problems: Problem[] };

export const success = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value });

export const failure = <Problem>(problems: Problem[]): { ok: false; problems: Problem[] } => ({ ok: false, problems });
