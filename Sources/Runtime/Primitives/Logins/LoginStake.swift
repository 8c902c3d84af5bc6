/// What an act means for the way in.
enum LoginStake: Sendable, Hashable {
  case none
  /// sshd's own rules say that the key would not work any more.
  case lockout(Set<String>)
  /// Only a login can tell.
  case open
  /// It is part of sshd's configuration: only a login can tell, once sshd has read it.
  case config
}

extension LoginStake {
  /// - Parameter reader: of a host, not of this computer.
  /// - Throws: ``HostError``.
  init(of act: Act, _ reader: Reader) async throws {
    guard let written = act.path else {
      self = .none
      return
    }
    let facts = try await reader.facts()
    let path = Self.physical(written, facts)
    let way = try await WayIn.known(to: reader)
    if LoginFiles.isConfig(path, facts, way) {
      self = act.changesContents ? .config : .none
      return
    }
    if let fingerprint = try await LoginProof.request(reader.host).fingerprint,
      let stake = try await Self.keysStake(act, path, fingerprint, way, reader)
    {
      self = stake
      return
    }
    let isKeys = way.keysPaths.contains { Self.physical($0, facts) == path }
    self = !isKeys && act.changesContents && LoginFiles.contains(path, facts, way) ? .open : .none
  }

  /// What the act does to the key that has to go on working; `nil` where the path is none of the key's.
  private static func keysStake(
    _ act: Act, _ path: String, _ fingerprint: String, _ way: WayIn, _ reader: Reader
  ) async throws -> LoginStake? {
    let facts = try await reader.facts()
    for written in way.keysPaths {
      let file = physical(written, facts)
      guard path == "/" || file == path || file.hasPrefix(path + "/") || reader.mayBeLink(to: path, from: file)
      else { continue }
      let before = try await KeysPath(written, reader, isStrict: way.isStrict)
      guard let options = before.options(of: fingerprint), path == before.path || before.holds(path) else { continue }
      guard let after = before.after(act, on: path) else { return .open }
      let new = after.objections(to: fingerprint).subtracting(before.objections(to: fingerprint))
      if new.isEmpty { return after.options(of: fingerprint) == options ? LoginStake.none : .open }
      // Where sshd lets the key in against its own rule, the rule is not what we think it is.
      return before.objections(to: fingerprint).isEmpty ? .lockout(new) : .open
    }
    return nil
  }

  /// Without `.`, `..` and double slashes, below the home's real place.
  static func physical(_ path: String, _ facts: Facts) -> String {
    var words: [Substring] = []
    for word in path.split(separator: "/") where word != "." {
      if word == ".." { _ = words.popLast() } else { words.append(word) }
    }
    let plain = "/" + words.joined(separator: "/")
    guard !facts.physicalHome.isEmpty, facts.physicalHome != facts.home else { return plain }
    if plain == facts.home { return facts.physicalHome }
    return plain.hasPrefix(facts.home + "/") ? facts.physicalHome + plain.dropFirst(facts.home.count) : plain
  }
}

extension KeysPath {
  func holds(_ path: String) -> Bool { components.contains { $0.path == path } }
}

extension Reader {
  /// Whether the keys' file is known to be a link, so that an act on another path may be one on it.
  fileprivate func mayBeLink(to path: String, from file: String) -> Bool {
    guard let known = host.rememberedFile(file) else { return false }
    return known.status?.kind == .link
  }
}

extension Act {
  /// Not only a mode or an owner.
  var changesContents: Bool {
    switch kind {
    case .replaceFile, .makeLink, .remove, .command: true
    case .makeDirectory(let path, _): path.hasSuffix("nologin")
    case .setMode, .setOwner, .setAttributes: false
    }
  }
}
