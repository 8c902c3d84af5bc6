#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The addresses of names for a ``StaticProgram``: this computer's `getent` and `ssh` look names up in the same way.
enum NameService {
  /// The program that looks names up.
  static let program = "getent"

  /// - Returns: the addresses in order; empty for an unknown name, whose reason is ssh's to tell.
  static func addresses(of name: String, _ family: DialRequest.Family) -> [String] {
    guard DirectConnection.isSafe(name), let stream = popen("exec \(program) ahosts \(name)", "r") else { return [] }
    defer { pclose(stream) }
    return addresses(in: String(decoding: UnixSocket.readAll(from: fileno(stream)), as: UTF8.self), family)
  }

  /// - Parameter text: lines of an address, a type of sockets, and perhaps the name.
  static func addresses(in text: String, _ family: DialRequest.Family) -> [String] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard words.count >= 2, words[1] == "STREAM" else { return nil }
      switch family {
      case .any: return words[0]
      case .inet: return words[0].contains(":") ? nil : words[0]
      case .inet6: return words[0].contains(":") ? words[0] : nil
      }
    }
  }
}
