#ifndef SSH_RECIPES_FUZZ_ENGINE_H
#define SSH_RECIPES_FUZZ_ENGINE_H
#include <stddef.h>
#include <stdint.h>

/* libFuzzer's entry point for programs with their own main. */
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*body)(const uint8_t *data, size_t size));
#endif
