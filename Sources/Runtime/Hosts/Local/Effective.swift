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

  /// The account's name and home, where ssh and sshd look (`account-home.sh`); `nil` for an account that the database
  /// does not know. If a user ID has several names, `LOGNAME` decides.
  static var account: (name: String, home: String)? {
    let own = getenv("LOGNAME").flatMap { getpwnam($0) }.flatMap { $0.pointee.pw_uid == geteuid() ? $0 : nil }
    guard let entry = own ?? getpwuid(geteuid()) else { return nil }
    let home = String(cString: entry.pointee.pw_dir)
    guard home.hasPrefix("/") else { return nil }
    return (String(cString: entry.pointee.pw_name), home)
  }

  /// The names of the system and of this computer, as of `uname -sn`.
  static var system: (name: String, host: String) {
    var names = utsname()
    uname(&names)
    func text(_ field: some Any) -> String {
      withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return (text(names.sysname), text(names.nodename))
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
