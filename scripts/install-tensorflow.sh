#!/usr/bin/env bash
# Gives @tensorflow/tfjs-node its native TensorFlow library from the registries
# that a clone uses anyway (npm and PyPI), for places where the package's own
# install script cannot download its prebuilt one. There npm leaves the whole
# package out, since it is optional: it is put back first, as the lock file has
# it and without its script.
#
#   npm run engine:tensorflow          # or bash scripts/install-tensorflow.sh [PROJECT_DIR]
#
# The tensorflow-cpu wheel is fetched by pip as a file (no Python package is
# installed); its two C/C++ libraries and the C headers go to deps/ in the
# package, and the Node-API addon is built there. Safe to run again: it stops
# at once when the addon already works. Nothing outside node_modules changes.
#
# Needs: linux x64, node >= 20, python3 with pip, g++ (make for BUILD=gyp),
# about 450 MB of disk (900 MB while it runs).
# Environment: TF_VERSION (pinned ones below), TF_WHEEL (a wheel already here),
# NODE_HEADERS (folder that has node_api.h), BUILD=cc|gyp, PYTHON, CXX, FORCE=1.
set -euo pipefail

tf_version="${TF_VERSION:-2.15.1}"
python="${PYTHON:-python3}"
cxx="${CXX:-g++}"
say() { printf 'install-tensorflow: %s\n' "$*"; }
die() { printf 'install-tensorflow: error: %s\n' "$*" >&2; exit 1; }

# The Python tag only names which of the equal wheels is taken.
platform=manylinux2014_x86_64
case "$tf_version" in
  2.12.1) py=3.11 sha=7ffb595707a8fb376deaddc768784c7a0242b16cbc6e06393b1733b2ce19f855 ;;
  2.15.1) py=3.11 sha=54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26 ;;
  2.18.1) py=3.11 sha=810c75d7149d2da0cb2092187817b0dcabb80728ca9f9cf3a61f3f42fadd1298 ;;
  2.20.0) py=3.11 sha=cf756bbe2d256e942ab5d0ad2c858fb40017581494febdb4387c149b1afde780 ;;
  2.21.0) py=3.12 sha=dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb platform=manylinux_2_27_x86_64 ;;
  *) die "TF_VERSION $tf_version is not pinned in this script (before 2.12 the wheel has no free-standing library)" ;;
esac

usage='install-tensorflow.sh [PROJECT_DIR] (default: the current folder)'
case "${1:-}" in -h | --help) say "$usage"; exit 0 ;; esac
if [ $# -gt 1 ]; then printf 'install-tensorflow: error: got %s, needed: %s\n' "$*" "$usage" >&2; exit 2; fi
project="${1:-$PWD}"
cd "$project" 2>/dev/null || die "no such folder: $project"
command -v node >/dev/null || die "node is not on the PATH"
# Where the package is; empty when it is not.
find_package() {
  node -p "require('path').dirname(require.resolve('@tensorflow/tfjs-node/package.json', {paths: [process.cwd()]}))" 2>/dev/null || true
}

# Loads the addon and multiplies two matrices in it; prints TensorFlow's version.
check() {
  TF_CPP_MIN_LOG_LEVEL="${TF_CPP_MIN_LOG_LEVEL:-2}" node -e '
    const util = require("util");
    util.isNullOrUndefined = (x) => x === null || x === undefined; // deprecated, gone in Node 23
    const tf = require(process.argv[1]);
    const y = tf.tidy(() => Array.from(tf.matMul([[1, 2], [3, 4]], [[5], [6]]).dataSync()));
    if (tf.getBackend() !== "tensorflow" || y.join() !== "17,39") {
      throw new Error("backend " + tf.getBackend() + ", product " + y.join());
    }
    console.log(tf.backend().binding.TF_Version);
  ' "$pkg"
}

pkg="$(find_package)"
if [ -z "${FORCE:-}" ] && [ -n "$pkg" ] && found="$(check 2>/dev/null)" && [ "${TF_VERSION:-$found}" = "$found" ]; then
  say "already there: TensorFlow $found"
  exit 0
fi

[ "$(node -p 'process.platform + " " + process.arch')" = "linux x64" ] ||
  die "only linux x64 is served by this script: elsewhere run the package's own install script (npm rebuild @tensorflow/tfjs-node)"
grep -qw avx /proc/cpuinfo || die "this processor has no AVX, which the TensorFlow wheels need"
"$python" -m pip --version >/dev/null 2>&1 || die "$python -m pip does not run (Debian: apt-get install python3-pip)"
command -v "$cxx" >/dev/null || die "no C++ compiler $cxx (Debian: apt-get install g++ make)"

if [ -z "$pkg" ]; then
  # a clone's lock file says which one; elsewhere it is an optional peer of plateau, which names its version
  wanted=
  grep -q '"node_modules/@tensorflow/tfjs-node"' package-lock.json 2>/dev/null ||
    wanted="@tensorflow/tfjs-node@$(node -p "require('$(dirname "$(realpath "$0")")/../package.json').peerDependencies['@tensorflow/tfjs-node']")"
  say "putting ${wanted:-what npm left out} into node_modules"
  npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error $wanted || die "npm could not bring @tensorflow/tfjs-node"
  pkg="$(find_package)"
  [ -n "$pkg" ] || die "npm did not bring @tensorflow/tfjs-node"
fi

# Node headers: NODE_HEADERS, those beside the node binary, or npm's node-api-headers.
headers=
for dir in "${NODE_HEADERS:-}" \
  "$(node -p 'require("path").resolve(require("fs").realpathSync(process.execPath), "../../include/node")')" \
  "$(node -p 'require("path").join(require("path").dirname(require.resolve("node-api-headers/package.json", {paths: [process.cwd()]})), "include")' 2>/dev/null || true)" \
  /usr/include/node; do
  if [ -n "$dir" ] && [ -f "$dir/node_api.h" ]; then headers="$(cd "$dir" && pwd)"; break; fi
done
[ -n "$headers" ] || die "no node_api.h found: npm install --save-dev node-api-headers, or set NODE_HEADERS"

work="$(mktemp -d "$pkg/.tensorflow-XXXXXX")"
trap 'rm -rf "$work"' EXIT

wheel="${TF_WHEEL:-}"
if [ -z "$wheel" ]; then
  say "fetching the tensorflow-cpu $tf_version wheel (about 210 to 260 MB)"
  printf 'tensorflow-cpu==%s --hash=sha256:%s\n' "$tf_version" "$sha" > "$work/wheel.txt"
  "$python" -m pip download --quiet --disable-pip-version-check --no-cache-dir --no-deps --only-binary=:all: \
    --implementation cp --python-version "$py" --platform "$platform" \
    --require-hashes -r "$work/wheel.txt" -d "$work" ||
    die "pip could not fetch the wheel"
  wheel="$(ls "$work"/tensorflow_cpu-*.whl)"
fi
[ -f "$wheel" ] || die "no such wheel: $wheel"
printf '%s  %s\n' "$sha" "$wheel" | sha256sum --check --status || die "$wheel is not the pinned tensorflow-cpu $tf_version"

say "unpacking"
"$python" - "$wheel" "$work/deps" <<'PY'
import os, re, shutil, sys, zipfile
wheel, out = sys.argv[1:]
want = [
    (r'tensorflow/(libtensorflow_(?:cc|framework)\.so\.2)$', 'lib/'),
    (r'tensorflow/include/(tensorflow/c/.*\.h)$', 'include/'),
    (r'tensorflow/include/((?:xla/|tensorflow/)?tsl/c/.*\.h)$', 'include/'),
    (r'tensorflow/include/((?:tensorflow/core|tensorflow/tsl|tsl)/platform/ctstring(?:_internal)?\.h)$', 'include/'),
    (r'[^/]+\.dist-info/(LICENSE|METADATA)$', ''),
]
with zipfile.ZipFile(wheel) as z:
    for info in z.infolist():
        for pattern, to in want:
            m = re.match(pattern, info.filename)
            if m:
                path = os.path.join(out, to + m.group(1))
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with z.open(info) as src, open(path, 'wb') as dst:
                    shutil.copyfileobj(src, dst, 1 << 20)
for f in ('lib/libtensorflow_cc.so.2', 'lib/libtensorflow_framework.so.2', 'include/tensorflow/c/c_api.h'):
    if not os.path.isfile(os.path.join(out, f)):
        sys.exit(f'install-tensorflow: error: the wheel lacks {f}')
PY
[ -n "${TF_WHEEL:-}" ] || rm -f "$wheel"
# The symbol tables that nothing needs at run time are a quarter of the size.
if command -v strip >/dev/null; then strip --strip-unneeded "$work"/deps/lib/*.so.2; fi
# -ltensorflow for the linker; the name with 2.9.1 is what the package's own script looks for.
ln -s libtensorflow_cc.so.2 "$work/deps/lib/libtensorflow.so"
ln -s libtensorflow_framework.so.2 "$work/deps/lib/libtensorflow_framework.so"
ln -s libtensorflow_cc.so.2 "$work/deps/lib/libtensorflow.so.2.9.1"
rm -rf "$pkg/deps"
mv "$work/deps" "$pkg/deps"

napi="$(node -p "Math.max(...require('$pkg/package.json').binary.napi_versions.filter((v) => v <= +process.versions.napi))")"
lib="$pkg/lib/napi-v$napi"
rm -rf "$lib"; mkdir -p "$lib"
if [ "${BUILD:-cc}" = gyp ]; then
  gyp="$(node -e '
    const {join, resolve} = require("path"), {existsSync, realpathSync} = require("fs"), at = "node_modules/node-gyp/bin/node-gyp.js";
    console.log([process.cwd(), resolve(realpathSync(process.execPath), "../../lib/node_modules/npm"), "/usr/share/nodejs/npm"]
      .map((d) => join(d, at)).find((f) => existsSync(f)) ?? "");')"
  [ -n "$gyp" ] || die "BUILD=gyp: no node-gyp found (npm install --save-dev node-gyp)"
  [ -f "$headers/common.gypi" ] || die "BUILD=gyp: $headers has no common.gypi"
  say "building the addon with node-gyp against $headers"
  (cd "$pkg" && node "$gyp" rebuild --silent --nodedir="$(cd "$headers/../.." && pwd)" \
    --napi_build_version="$napi" --module_name=tfjs_binding --module_path="$lib") || die "node-gyp failed"
else
  say "building the addon with $cxx against $headers"
  # What binding.gyp asks for, without node-gyp: two sources, Node-API only.
  (cd "$pkg" && "$cxx" -std=c++17 -O2 -fPIC -shared -pthread -DNDEBUG -DNAPI_VERSION="$napi" -DNODE_GYP_MODULE_NAME=tfjs_binding \
    -I"$headers" -Ideps/include binding/tfjs_backend.cc binding/tfjs_binding.cc \
    -o "$lib/tfjs_binding.node" -Ldeps/lib '-Wl,-rpath,$ORIGIN/../../deps/lib' -ltensorflow -ltensorflow_framework) ||
    die "the compiler failed"
fi

found="$(check)" || die "the addon was built but does not load"
[ "$found" = "$tf_version" ] || die "the addon loads TensorFlow $found, not $tf_version"
say "TensorFlow $found is ready for $(node -p "require('$pkg/package.json').name + ' ' + require('$pkg/package.json').version") ($(du -sh "$pkg/deps" | cut -f1))"
