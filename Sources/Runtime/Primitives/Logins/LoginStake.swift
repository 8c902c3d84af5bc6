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
    let way = try await WayIn.known(to: reader, as: act.account)
    let names = try await PathNames(written, act, way, reader)
    // A link that is gone leads nowhere any more.
    if case .remove = act.kind { reader.host.realPaths = RealPaths() }
    if names.act.contains(where: { LoginFiles.isConfig($0, facts, way) }) {
      self = act.changesContents ? .config : .none
      return
    }
    let isOnTheWay = act.changesAccess && names.act.contains { LoginFiles.isOnTheWay($0, names.shell) }
    let request = try await LoginProof.request(reader.host)
    if let fingerprint = request.fingerprint {
      let keys = KeysStake(act: act, names: names, fingerprint: fingerprint, way: way, reader: reader)
      if let stake = try await keys() {
        self = stake == .none && isOnTheWay ? .open : stake
        return
      }
    } else if request.keyPath != nil, names.isOnTheWayToKeys {
      self = .open
      return
    }
    let isOurs = !names.isKeys && names.act.contains { LoginFiles.contains($0, facts, way) }
    self = isOurs && (act.changesContents || act.changesAccess) || isOnTheWay ? .open : .none
  }
}

/// The paths that count for an act, with all the names that links give them.
struct PathNames: Sendable {
  /// Of what the act is about.
  let act: Set<String>
  /// Of each file that sshd reads keys from, in the order of ``WayIn/keysPaths``.
  let keys: [(written: String, names: Set<String>)]
  /// Of the account's shell; empty where the act does not ask for it.
  let shell: [String]

  init(_ written: String, _ act: Act, _ way: WayIn, _ reader: Reader) async throws {
    let facts = try await reader.facts()
    let path = facts.plainPath(written)
    let files = way.keysPaths.map { facts.plainPath($0) } + (act.changesAccess ? [facts.plainPath(facts.shell)] : [])
    let real = try await reader.realPaths([path] + files, following: Set(files), as: act.account)
    func names(_ path: String) -> [String] { [path] + (real[path]?.all ?? []) }
    // A link is acted on itself: writers follow links before.
    self.act = [path, real[path]?.place ?? path]
    keys = way.keysPaths.map { ($0, Set(names(facts.plainPath($0)))) }
    shell = act.changesAccess && !facts.shell.isEmpty ? names(facts.plainPath(facts.shell)) : []
  }

  var isKeys: Bool { keys.contains { !$0.names.isDisjoint(with: act) } }
  var isOnTheWayToKeys: Bool { keys.contains { isOnTheWay(to: $0.names) } }

  /// Whether the act is on one of these files, or on something above it.
  func isOnTheWay(to names: Set<String>) -> Bool {
    act.contains { path in path == "/" || names.contains { $0 == path || $0.hasPrefix(path + "/") } }
  }
}

/// What an act does to the key that has to go on working.
private struct KeysStake {
  let act: Act
  let names: PathNames
  let fingerprint: String
  let way: WayIn
  let reader: Reader

  /// - Returns: `nil` where the act is on no way to keys.
  func callAsFunction() async throws -> LoginStake? {
    var isConcerned = false
    for (written, file) in names.keys where names.isOnTheWay(to: file) {
      isConcerned = true
      let before = try await keys(written)
      guard let options = before.options(of: fingerprint) else { continue }
      let stake = stake(before, options)
      if case .lockout = stake, try await holdsKey(apartFrom: before.path) { return .open }
      return stake
    }
    guard isConcerned else { return nil }
    // The key is elsewhere, or nobody knows where.
    return try await holdsKey(apartFrom: nil) ? LoginStake.none : .open
  }

  private func stake(_ before: KeysPath, _ options: String) -> LoginStake {
    // A link on the way, and not what it leads to: what becomes of the key is anybody's guess.
    guard let path = names.act.first(where: { $0 == before.path || before.holds($0) }) else { return .open }
    guard let after = before.after(act, on: path) else { return .open }
    let new = after.objections(to: fingerprint).subtracting(before.objections(to: fingerprint))
    if new.isEmpty { return after.options(of: fingerprint) == options ? .none : .open }
    // Where sshd lets the key in against its own rule, the rule is not what we think it is.
    return before.objections(to: fingerprint).isEmpty ? .lockout(new) : .open
  }

  /// Whether another file that sshd reads has the key too.
  private func holdsKey(apartFrom path: String?) async throws -> Bool {
    for (written, _) in names.keys {
      let other = try await keys(written)
      if other.path != path, other.options(of: fingerprint) != nil { return true }
    }
    return false
  }

  private func keys(_ written: String) async throws -> KeysPath {
    try await KeysPath(written, reader, isStrict: way.isStrict)
  }
}

extension Facts {
  /// Without `.`, `..` and double slashes, below the home's real place.
  func plainPath(_ path: String) -> String {
    var words: [Substring] = []
    for word in path.split(separator: "/") where word != "." {
      if word == ".." { _ = words.popLast() } else { words.append(word) }
    }
    let plain = "/" + words.joined(separator: "/")
    guard !physicalHome.isEmpty, physicalHome != home else { return plain }
    if plain == home { return physicalHome }
    return plain.hasPrefix(home + "/") ? physicalHome + plain.dropFirst(home.count) : plain
  }
}

extension WayIn {
  /// The same with the files of the keys under all their names.
  func behindLinks(_ reader: Reader, as account: Account) async throws -> WayIn {
    let facts = try await reader.facts()
    let files = keysPaths.map { facts.plainPath($0) }
    let real = try await reader.realPaths(files, following: Set(files), as: account)
    var copy = self
    copy.keysPaths = []
    for path in files.flatMap({ [$0] + (real[$0]?.all ?? []) }) where !copy.keysPaths.contains(path) {
      copy.keysPaths.append(path)
    }
    return copy
  }
}

extension KeysPath {
  func holds(_ path: String) -> Bool { components.contains { $0.path == path } }
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

  /// Who may read, enter or run it, or whether it is there.
  var changesAccess: Bool {
    switch kind {
    case .setMode, .setOwner, .setAttributes, .remove: true
    case .replaceFile, .makeLink, .makeDirectory, .command: false
    }
  }
}
