export interface Served {
  /** `http://127.0.0.1:4173/`, with the subfolder. */
  readonly address: string;
  readonly close: () => void;
}

export function serve(folder: string, options?: { readonly port?: number; readonly base?: string }): Promise<Served>;
