#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether our own environment has a variable.
enum HasEnvironment {
  static func variable(_ name: String) -> Bool { getenv(name) != nil }
}
