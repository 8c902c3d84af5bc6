#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Looks up variables in this process's environment.
enum HasEnvironment {
  static func variable(_ name: String) -> Bool { getenv(name) != nil }
}
