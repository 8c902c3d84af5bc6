import Formats

/// Where a repository is, checked before git sees it.
///
/// What git takes for a URL can run commands (`ext::`), be an option (`-u…`), or hand `ssh` one
/// (`ssh://-oProxyCommand=…`); gitremote-helpers(7) and git-fetch(1) say how they look.
package struct RepositoryURL: Sendable, Hashable {
  /// For git, and for the lock file: a path is absolute here.
  package let text: String
  /// Whether it is a path of this computer, for which alone git may use its `file` protocol.
  package let isPath: Bool

  static let schemes = ["ssh", "https", "http", "git", "file"]

  /// - Parameters:
  ///   - text: `ssh://user@host/path`, `user@host:path`, `https://…`, or a path.
  ///   - folder: what a relative path is taken from.
  ///   - home: what `~/` stands for.
  /// - Throws: ``RepositoryURLError``.
  package init(parsing text: String, from folder: String, home: String?) throws(RepositoryURLError) {
    try self.init(text, from: folder, home: home, allowsUser: false)
  }

  /// As a lock file has it; one of before may name a user.
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
      // As scp takes it: a path with a colon in its first part has to begin with "./".
      try Self.check(authority: text[..<colon], url: text, scheme: "ssh")
      guard !text[colon...].dropFirst().hasPrefix("-") else { throw .option(text) }
      isPath = false
      self.text = text
    } else {
      isPath = true
      self.text = Self.absolute(text, from: folder, home: home)
    }
  }

  /// The folder that a path leads to; `nil` where git would have to say.
  var folder: String? {
    guard isPath else { return nil }
    if text.hasPrefix("/") { return text }
    return text.hasPrefix("file:///") && !text.contains("%") ? String(text.dropFirst(7)) : nil
  }

  /// What the repository is called when it does not say so itself: the last part of its path, without `.git`.
  package var suggestedName: String? {
    let parts = text.split { "/:".contains($0) }
    guard var name = parts.last.map({ $0.lowercased() }) else { return nil }
    if name.hasSuffix(".git") { name.removeLast(4) }
    let allowed = String(name.map { RepositoryName.isAllowed($0) ? $0 : "_" })
    return RepositoryName.isValid(allowed) ? allowed : nil
  }

  /// Whether nothing proves who serves it: the bytes may be anybody's.
  package var isUnauthenticated: Bool {
    let lower = text.lowercased()
    return lower.hasPrefix("http://") || lower.hasPrefix("git://")
  }

  /// `ext` of `ext::sh -c …`.
  private static func helper(_ text: String) -> String? {
    guard let mark = text.firstRange(of: "::") else { return nil }
    let name = text[..<mark.lowerBound]
    // In front of an IPv6 address there is a bracket.
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

/// Why something is not taken for a repository's URL. Messages about a password do not repeat it.
package enum RepositoryURLError: Error, Hashable, Sendable {
  case empty
  case option(String)
  case controlCharacter(String)
  case helper(String, url: String)
  case scheme(String, url: String, known: [String])
  case password(scheme: String)
  /// Many servers take a token for a user's name.
  case user(scheme: String)
}

extension RepositoryURLError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "the URL is empty; expected one such as git@example.org:recipes.git, https://… or a path"
    case .option(let url):
      "\"\(url)\" looks like an option of git or ssh, not like a URL; a path that begins so is written as ./\(url)"
    case .controlCharacter(let url): "the URL \"\(url.onOneLine)\" has a character that cannot be seen"
    case .helper(let helper, let url):
      "\"\(url)\" asks git to run its helper \"\(helper)\", and nothing that a URL names is ever run"
    case .scheme(let scheme, let url, let known):
      "\"\(url)\": repositories are not fetched by \"\(scheme)\"; expected \(Self.list(known)), user@host:path, or a path"
    case .password(let scheme):
      "the \(scheme) URL has a password in it, which would end up in the lock file; use a key, an agent, or git's "
        + "credential helper (gitcredentials(7))"
    case .user(let scheme):
      "the \(scheme) URL names a user, who may be a token, and would end up in the lock file; leave it out, and tell it to "
        + "git's credential helper (gitcredentials(7))"
    }
  }

  private static func list(_ schemes: [String]) -> String { schemes.map { $0 + "://" }.joined(separator: ", ") }
}
