// Two functions of glibc's <spawn.h> that Swift's Glibc module leaves out, since it does not define _GNU_SOURCE.
#pragma once
#include <spawn.h>

int spawn_in_folder(posix_spawn_file_actions_t *actions, const char *folder);

/// Darwin has a flag for it instead (POSIX_SPAWN_CLOEXEC_DEFAULT).
int spawn_closing_from(posix_spawn_file_actions_t *actions, int first);
