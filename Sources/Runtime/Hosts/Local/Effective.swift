#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The user and computer of this process.
package enum Effective {
  static var userIsRoot: Bool { geteuid() == 0 }

  /// The home in the account database: ssh uses this home and ignores HOME.
  static var home: String? { home(of: getuid()) }

  /// - Parameter given: `HOME`, which `env -i`, units and cron jobs may leave unset.
  /// - Returns: the path that counts as the user's home for this program and its children.
  static func home(given: String?) -> String? {
    if let given, given.hasPrefix("/") { return given }
    return home
  }

  /// Sets `HOME` if unset, empty or relative: state and configuration would go to the root directory, or below the
  /// working directory.
  package static func completeHome() {
    if let home = home(given: getenv("HOME").map { String(cString: $0) }) { setenv("HOME", home, 1) }
  }

  /// `HOME`, for an account that a statically linked program does not find, such as one in LDAP.
  static func home(of account: uid_t) -> String? {
    let home = getpwuid(account).map { String(cString: $0.pointee.pw_dir) }
    return home ?? getenv("HOME").map { String(cString: $0) }
  }

  /// `me@desk.local`, without characters special to a shell.
  static var userAtHost: String {
    var name = [CChar](repeating: 0, count: 256)
    _ = gethostname(&name, name.count - 1)
    let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let user = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? String(geteuid())
    let isPlain = { (c: Character) in c.isASCII && (c.isLetter || c.isNumber || ".-_@".contains(c)) }
    return String("\(user)@\(host)".filter(isPlain).prefix(60))
  }
}
