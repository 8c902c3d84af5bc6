import Formats

/// The location of a repository, checked before git sees it.
///
/// A URL for git can run commands (`ext::`), be an option (`-u…`), or pass an option to `ssh`
/// (`ssh://-oProxyCommand=…`); see gitremote-helpers(7) and git-fetch(1).
package struct RepositoryURL: Sendable, Hashable {
  /// For git and for the lock file; a path is absolute.
  package let text: String
  /// Whether the location is a path on this computer: only then may git use its `file` protocol.
  package let isPath: Bool

  static let schemes = ["ssh", "https", "http", "git", "file"]

  /// - Parameters:
  ///   - text: `ssh://user@host/path`, `user@host:path`, `https://…`, or a path.
  ///   - folder: the base of a relative path.
  ///   - home: the folder for `~/`.
  /// - Throws: ``RepositoryURLError``.
  package init(parsing text: String, from folder: String, home: String?) throws(RepositoryURLError) {
    try self.init(text, from: folder, home: home, allowsUser: false)
  }

  /// As in a lock file; an older lock file may name a user.
  init(pinned text: String) throws(RepositoryURLError) {
    try self.init(text, from: "/", home: nil, allowsUser: true)
  }

  private init(_ text: String, from folder: String, home: String?, allowsUser: Bool) throws(RepositoryURLError) {
    guard !text.isEmpty else { throw .empty }
    guard !text.hasPrefix("-") else { throw .option(text) }
    guard text.firstUnseen == nil, !text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\t" }) else {
      throw .controlCharacter(text)
    }
    if let helper = Self.helper(text) { throw .helper(helper, url: text) }
    if let mark = text.firstRange(of: "://") {
      let scheme = String(text[..<mark.lowerBound]).lowercased()
      guard Self.schemes.contains(scheme) else { throw .scheme(scheme, url: text, known: Self.schemes) }
      let authority = text[mark.upperBound...].prefix { $0 != "/" }
      try Self.check(authority: authority, url: text, scheme: scheme)
      if !allowsUser, scheme.hasPrefix("http"), authority.contains("@") { throw .user(scheme: scheme) }
      isPath = scheme == "file"
      self.text = text
    } else if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") {
      // As in scp: a path with a colon in its first part has to begin with "./".
      try Self.check(authority: text[..<colon], url: text, scheme: "ssh")
      guard !text[colon...].dropFirst().hasPrefix("-") else { throw .option(text) }
      isPath = false
      self.text = text
    } else {
      isPath = true
      self.text = Self.absolute(text, from: folder, home: home)
    }
  }

  /// The folder of a path; `nil` if only git can resolve it.
  var folder: String? {
    guard isPath else { return nil }
    if text.hasPrefix("/") { return text }
    return text.hasPrefix("file:///") && !text.contains("%") ? String(text.dropFirst(7)) : nil
  }

  /// The name for a repository without a suggested name: the last part of its path, without `.git`.
  package var suggestedName: String? {
    let parts = text.split { "/:".contains($0) }
    guard var name = parts.last.map({ $0.lowercased() }) else { return nil }
    if name.hasSuffix(".git") { name.removeLast(4) }
    let allowed = String(name.map { RepositoryName.isAllowed($0) ? $0 : "_" })
    return RepositoryName.isValid(allowed) ? allowed : nil
  }

  /// Whether the protocol does not prove the server's identity, so that the bytes may come from anyone.
  package var isUnauthenticated: Bool {
    let lower = text.lowercased()
    return lower.hasPrefix("http://") || lower.hasPrefix("git://")
  }

  /// `ext` of `ext::sh -c …`.
  private static func helper(_ text: String) -> String? {
    guard let mark = text.firstRange(of: "::") else { return nil }
    let name = text[..<mark.lowerBound]
    // A bracket precedes an IPv6 address.
    return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) } ? String(name) : nil
  }

  private static func check(authority: Substring, url: String, scheme: String) throws(RepositoryURLError) {
    let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
    for part in parts where part.hasPrefix("-") { throw .option(url) }
    if parts.count > 1, parts.dropLast().joined().contains(":") { throw .password(scheme: scheme) }
  }

  private static func absolute(_ path: String, from folder: String, home: String?) -> String {
    if path.hasPrefix("/") { return path }
    if path == "~", let home { return home }
    if path.hasPrefix("~/"), let home { return home + path.dropFirst() }
    var parts = folder.split(separator: "/").map(String.init)
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return "/" + parts.joined(separator: "/")
  }
}

/// Why a text is refused as a repository's URL. Messages never repeat a password.
package enum RepositoryURLError: Error, Hashable, Sendable {
  case empty
  case option(String)
  case controlCharacter(String)
  case helper(String, url: String)
  case scheme(String, url: String, known: [String])
  case password(scheme: String)
  /// Many servers accept a token as the user's name.
  case user(scheme: String)
}

extension RepositoryURLError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "the URL is empty; expected a URL such as git@example.org:recipes.git or https://…, or a path"
    case .option(let url):
      "\"\(url)\" looks like an option of git or ssh, not like a URL; write a path with this name as ./\(url)"
    case .controlCharacter(let url): "the URL \"\(url.onOneLine)\" contains an invisible character"
    case .helper(let helper, let url):
      "\"\(url)\" asks git to run its helper \"\(helper)\", but programs named in a URL are never run"
    case .scheme(let scheme, let url, let known):
      "\"\(url)\": repositories are not fetched over \"\(scheme)\"; expected \(Self.list(known)), user@host:path, or a "
        + "path"
    case .password(let scheme):
      "the \(scheme) URL contains a password, which would end up in the lock file; use a key, an agent, or git's "
        + "credential helper (gitcredentials(7))"
    case .user(let scheme):
      "the \(scheme) URL contains a user name, which may be a token and would end up in the lock file; leave it out, "
        + "and give it to git's credential helper (gitcredentials(7))"
    }
  }

  private static func list(_ schemes: [String]) -> String { schemes.map { $0 + "://" }.joined(separator: ", ") }
}
