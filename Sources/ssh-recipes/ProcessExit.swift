#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

enum ProcessExit {
  static func now(_ status: Int32) -> Never { exit(status) }
}
