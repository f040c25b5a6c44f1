import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";

const root = resolve(import.meta.dirname, "../..");

/**
 * This package as `npm install` lays it into `folder` from its tarball, with its dependencies beside it and none that only this
 * repository's work needs. Cost: about four seconds, no registry.
 */
export async function installPacked(folder: string): Promise<{
  readonly installed: string;
  /** Paths in the tarball. */
  readonly paths: readonly string[];
}> {
  const installed = join(folder, "node_modules/plateau");
  const { stdout } = await execa("npm", ["pack", "--json", "--pack-destination", folder], { cwd: root });
  const listed = JSON.parse(stdout) as unknown;
  const [packed] = (Array.isArray(listed) ? listed : Object.values(listed as object)) as [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ];
  mkdirSync(installed, { recursive: true });
  await execa("tar", ["-xzf", join(folder, packed.filename), "-C", installed, "--strip-components=1"]);
  for (const name of shippedDependencies()) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, "node_modules", name), link);
  }
  return { installed, paths: packed.files.map(({ path }) => path) };
}

/** Names at the top of node_modules that an installation without development dependencies has. */
function shippedDependencies(): readonly string[] {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<
      Record<
        string,
        { readonly dev?: true; readonly devOptional?: true; readonly optional?: true; readonly link?: true }
      >
    >;
  };
  return Object.entries(packages).flatMap(([path, { dev, devOptional, optional, link }]) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
    return name === undefined || dev || devOptional || optional || link ? [] : [name];
  });
}
