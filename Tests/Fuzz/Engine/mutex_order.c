/* The kernel passes a contended Mutex on (FUTEX_LOCK_PI) inside libswiftSynchronization, which is not instrumented:
   ThreadSanitizer would see no order between the two holders and report false races. These functions precede the
   library's own, and report the order.
   Source: swiftlang/swift, stdlib/public/Synchronization/Mutex/LinuxImpl.swift. */
#if __has_feature(thread_sanitizer)
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>
#include <stdint.h>

#define SELF __attribute__((swift_context)) void *mutex
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef __attribute__((swiftcall)) void lock_slow_t(uint32_t thread, SELF);
typedef __attribute__((swiftcall)) void unlock_slow_t(SELF);

lock_slow_t mutex_lock_slow __asm__(LOCK_SLOW);
unlock_slow_t mutex_unlock_slow __asm__(UNLOCK_SLOW);

__attribute__((swiftcall)) void mutex_lock_slow(uint32_t thread, SELF) {
  ((lock_slow_t *)dlsym(RTLD_NEXT, LOCK_SLOW))(thread, mutex);
  __tsan_acquire(mutex);
}

__attribute__((swiftcall)) void mutex_unlock_slow(SELF) {
  __tsan_release(mutex);
  ((unlock_slow_t *)dlsym(RTLD_NEXT, UNLOCK_SLOW))(mutex);
}
#endif
