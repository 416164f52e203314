/** Somebody through whose eyes one can look. */
export interface Eyes {
  label: string;
  token: string;
}

/** Through whose eyes one can look; none where there is no demo company. */
export async function fetchEyes(): Promise<Eyes[]> {
  try {
    const response = await fetch('/development/eyes');
    return response.ok ? ((await response.json()) as Eyes[]) : [];
  } catch {
    return []; // The explorer is of use without them: a token can be pasted.
  }
}
