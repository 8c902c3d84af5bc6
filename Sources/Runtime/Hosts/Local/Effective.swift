#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Who this process is.
enum Effective {
  static var userIsRoot: Bool { geteuid() == 0 }
}
