import Diagnosis
import Formats
import Hosts
import Values

/// One key pair, or half of one, as ``KeySearch`` sees it.
struct KeyCandidate: Sendable, Hashable {
  var path: String
  var status: FileStatus?
  /// What the `.pub` file holds; `nil` where it is not there.
  var publicLines: [String]?
  /// The public part as `ssh-keygen -y` makes it from a private half without passphrase.
  var derived: PublicKey?
  /// The fingerprint that a protected private half tells.
  var lockedFingerprint: String?
  /// Why `ssh-keygen -y` refused.
  var refusal = ""
  var isDenied = false

  init(path: String) { self.path = path }

  mutating func read(_ name: String, _ value: String) {
    switch name {
    case "private": status = FileStatus(listing: value)
    case "public": publicLines = (publicLines ?? []) + (value.isEmpty ? [] : [value])
    case "plain": derived = derived ?? (try? PublicKey(value))
    case "locked": lockedFingerprint = value.split(separator: " ").map(String.init).first { $0.hasPrefix("SHA256:") }
    case "why": refusal += refusal.isEmpty ? value : "\n" + value
    case "denied": isDenied = true
    default: break
    }
  }

  var publicFile: PublicKey? { try? PublicKey((publicLines ?? []).joined(separator: "\n")) }
  var isEncrypted: Bool { derived == nil && refusal.contains("passphrase") }
  /// ssh does not look at a private half that others may read.
  var isTooOpen: Bool { status.map { $0.mode.bits & 0o077 != 0 } ?? false }

  /// What is the matter with a pair that cannot be used as it is.
  enum Problem: Hashable {
    case lonePublic
    case denied
    /// The `.pub` file belongs to another key.
    case mismatch(publicFile: String, privateHalf: String)
    case damagedPublic
    /// Protected, without `.pub`, and no agent knows it.
    case publicMissing
    case noKey(String)
    case dsa
    case token
    case shortRSA(Int)
  }

  /// - Parameter agent: where the public part of a protected key without `.pub` may be.
  /// - Returns: the public half, where this pair can be used, perhaps after its modes or its `.pub` are put right.
  func judge(agent: [PublicKey]) -> Result<PublicKey?, ProblemError> {
    guard status != nil else { return .failure(.init(.lonePublic)) }
    if isDenied { return .failure(.init(.denied)) }
    let isUnjudged = derived == nil && !isEncrypted
    if isUnjudged, !isTooOpen { return .failure(.init(.noKey(refusal))) }
    var key = derived ?? publicFile
    if publicLines != nil, publicFile == nil { return .failure(.init(.damagedPublic)) }
    if let file = publicFile, let own = derived?.fingerprint ?? lockedFingerprint, own != file.fingerprint {
      return .failure(.init(.mismatch(publicFile: file.fingerprint, privateHalf: own)))
    }
    if key == nil, isEncrypted {
      key = agent.first { $0.fingerprint == lockedFingerprint }
      if key == nil { return .failure(.init(.publicMissing)) }
    }
    // `-y` knows no comment; the file does.
    key = publicFile ?? key
    return key.map(Self.countable) ?? .success(nil)
  }

  struct ProblemError: Error, Hashable {
    var problem: Problem
    init(_ problem: Problem) { self.problem = problem }
  }

  private static func countable(_ key: PublicKey) -> Result<PublicKey?, ProblemError> {
    if key.isDSA { return .failure(.init(.dsa)) }
    if key.type.hasPrefix("sk-") { return .failure(.init(.token)) }
    if let bits = key.rsaBits, bits < 2048 { return .failure(.init(.shortRSA(bits))) }
    return .success(key)
  }
}

extension KeyCandidate.Problem {
  /// What is the matter, with the path's name, for a warning.
  func text(_ path: String) -> String {
    switch self {
    case .lonePublic: "\(path).pub has no private half beside it, so it does not count as a key"
    case .denied: "\(path) cannot be read by this account, so it does not count as a key"
    case .mismatch(let file, let half):
      "\(path).pub (\(file)) belongs to another key than \(path) (\(half))"
    case .damagedPublic: "\(path).pub holds no public key that can be read"
    case .publicMissing: "\(path) is protected with a passphrase, and its public half \(path).pub is missing"
    case .noKey(let why):
      "\(path) is no private key that ssh-keygen reads"
        + (why.isEmpty ? "" : ": \(why.split(whereSeparator: \.isNewline).last ?? "")")
    case .dsa: "\(path) is a DSA key, which no server of today accepts, so it does not count"
    case .token: "\(path) needs a security token and a touch at each login, so it does not count here"
    case .shortRSA(let bits): "\(path) is an RSA key of \(bits) bits; below 2048 it does not count"
    }
  }

  /// Problems that a person has to solve before anything is made beside them.
  var isFatal: Bool {
    switch self {
    case .mismatch, .publicMissing: true
    default: false
    }
  }

  func failure(_ path: String) -> Failure {
    var failure = Failure(.key, text(path), paths: [path, path + ".pub"])
    switch self {
    case .mismatch:
      failure.kind = .mismatch
      failure.fix = [
        "see what the private half is: ssh-keygen -yf \(path)",
        "move the wrong file away: mv \(path).pub \(path).pub.old",
      ]
    case .publicMissing: failure.fix = ["make the public half: ssh-keygen -yf \(path) > \(path).pub"]
    case .damagedPublic: failure.fix = ["move it away, and run this again: mv \(path).pub \(path).pub.old"]
    case .denied: failure.fix = ["sudo chown \"$(id -un)\" \(path)"]
    default: failure.fix = ["name another path for a new key"]
    }
    return failure
  }
}
