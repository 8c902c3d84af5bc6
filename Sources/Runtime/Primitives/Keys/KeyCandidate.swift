import Diagnosis
import Formats
import Hosts
import Values

/// A key pair found by ``KeySearch``, perhaps with only one half.
struct KeyCandidate: Sendable, Hashable {
  var path: String
  var status: FileStatus?
  /// The lines of the `.pub` file; `nil` if missing.
  var publicLines: [[UInt8]]?
  /// The public half by `ssh-keygen -y`, from a private half without a passphrase.
  var derived: PublicKey?
  /// The fingerprint of a private half with a passphrase.
  var lockedFingerprint: String?
  /// The error of `ssh-keygen -y`.
  var refusal = ""
  var isDenied = false

  init(path: String) { self.path = path }

  mutating func read(_ name: String, _ value: String, _ bytes: [UInt8]) {
    switch name {
    case "private": status = FileStatus(listing: value)
    case "public": publicLines = (publicLines ?? []) + (bytes.isEmpty ? [] : [bytes])
    case "plain": derived = derived ?? (try? PublicKey(bytes))
    case "locked": lockedFingerprint = value.split(separator: " ").map(String.init).first { $0.hasPrefix("SHA256:") }
    case "why": refusal += refusal.isEmpty ? value : "\n" + value
    case "denied": isDenied = true
    default: break
    }
  }

  var publicFile: PublicKey? { try? PublicKey(file: Array((publicLines ?? []).joined(separator: [Byte.lineFeed]))) }
  /// The file for ssh's `-i`: the public half, if the private half is only in an agent.
  var identity: String { status == nil ? path + ".pub" : path }
  var isEncrypted: Bool { derived == nil && refusal.contains("passphrase") }
  /// ssh ignores a private half readable by others.
  var isTooOpen: Bool { status.map { $0.mode.bits & 0o077 != 0 } ?? false }

  /// The reason why a pair cannot be used as found.
  enum Problem: Hashable {
    case lonePublic
    case denied
    /// The `.pub` file belongs to another key.
    case mismatch(publicFile: String, privateHalf: String)
    case damagedPublic
    /// A private half with a passphrase, without `.pub` and unknown to the agent.
    case publicMissing
    case noKey(String)
    case dsa
    case token
    case shortRSA(Int)
  }

  /// - Parameter agent: the agent's keys, as a source for a missing `.pub` file.
  /// - Returns: the public half of a usable pair. Its modes or its `.pub` may need repair first.
  func judge(agent: [PublicKey]) -> Result<PublicKey?, ProblemError> {
    guard status != nil else {
      // Programs such as 1Password keep the private half to themselves, and have their users save the public one.
      guard let key = publicFile, agent.contains(where: { $0.blob == key.blob }) else {
        return .failure(.init(.lonePublic))
      }
      return Self.countable(key, isInAgent: true)
    }
    if isDenied { return .failure(.init(.denied)) }
    let isUnjudged = derived == nil && !isEncrypted
    if isUnjudged, !isTooOpen { return .failure(.init(.noKey(refusal))) }
    var key = derived ?? publicFile
    if let file = publicFile, let own = derived?.fingerprint ?? lockedFingerprint, own != file.fingerprint {
      return .failure(.init(.mismatch(publicFile: file.fingerprint, privateHalf: own)))
    }
    if key == nil, isEncrypted {
      key = agent.first { $0.fingerprint == lockedFingerprint }
      if key == nil { return .failure(.init(publicLines == nil ? .publicMissing : .damagedPublic)) }
    }
    // The output of `-y` lacks the comment of the `.pub` file.
    key = publicFile ?? key
    return key.map { Self.countable($0) } ?? .success(nil)
  }

  struct ProblemError: Error, Hashable {
    var problem: Problem
    init(_ problem: Problem) { self.problem = problem }
  }

  /// - Parameter isInAgent: whether an agent asks for the touch of a security token.
  static func countable(_ key: PublicKey, isInAgent: Bool = false) -> Result<PublicKey?, ProblemError> {
    if key.isDSA { return .failure(.init(.dsa)) }
    if !isInAgent, key.type.hasPrefix("sk-") { return .failure(.init(.token)) }
    if let bits = key.rsaBits, bits < 2048 { return .failure(.init(.shortRSA(bits))) }
    return .success(key)
  }
}

extension KeyCandidate.Problem {
  /// The problem in words, with the path, for a warning.
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

  /// Whether the user must solve the problem before a new key is made in the same folder.
  var isFatal: Bool {
    switch self {
    case .mismatch, .publicMissing, .damagedPublic: true
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
    case .publicMissing, .damagedPublic:
      failure.fix = ["make the public half: ssh-keygen -yf \(path) > \(path).pub"]
    case .noKey:
      failure.fix = [
        "see what it is: head -1 \(path); a PuTTY key: puttygen \(path) -O private-openssh -o NEW; a key with Windows "
          + "line ends: tr -d '\\r' <\(path) >NEW; a key whose last line end is missing: echo >>\(path)",
        "or move it away, or name another path for a new key: --set key_file=PATH",
      ]
    case .denied: failure.fix = ["sudo chown \"$(id -un)\" \(path)"]
    default: failure.fix = ["name another path for a new key"]
    }
    return failure
  }
}
