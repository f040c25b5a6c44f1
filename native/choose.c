/* Compiled without any instructions beyond the processor family's first: it runs before anything is known of the machine. */

#if defined(_WIN32)
#define SHOWN __declspec(dllexport)
#else
#define SHOWN __attribute__((visibility("default")))
#endif

/* Whether this processor and its system run the kernels of that number in the order of the build: the narrowest first. */
SHOWN int plateau_runs(int set) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const int sse42 = __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
  const int avx2 = sse42 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                   __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  const int avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                     __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                     __builtin_cpu_supports("avx512cd");
  return set == 0 ? sse42 : set == 1 ? avx2 : set == 2 ? avx512 : 0;
#else
  return set == 0;
#endif
}
