import Hosts
import Values

extension UndoDecision {
  /// The decision about a path to make again.
  ///
  /// - Parameter decision: makes the decision from the acts that restore the path, if there are any.
  static func creation(
    _ path: String, _ image: BeforeImage, _ account: Account, _ reader: Reader, _ decision: ([Act]) -> UndoDecision
  ) async throws -> UndoDecision {
    let isRoot = try await reader.facts().isRoot || account == .root
    let owner = isRoot ? image.owner : nil
    let mode = image.fileMode ?? FileMode(bits: 0o600)
    var acts: [Act]
    switch image.kind {
    case "l":
      guard let target = image.linkTarget else {
        return .kept("\(path) cannot be restored: \(image.unkept ?? "where the link led to was not written down")")
      }
      // chown follows links, so the link gets the owner on creation.
      let owner = owner.map { "\($0.user):\($0.group)" }
      return decision([Act(.makeLink(path: path, target: target, owner: owner), as: account)])
    case "d": acts = [Act(.makeDirectory(path: path, mode: mode), as: account)]
    case "-" where image.keptAs != nil: return decision(bringBack(image, path, account))
    case "-" where image.unkept == nil:
      acts = [Act(.replaceFile(path: path, contents: image.bytes, mode: mode, expecting: nil), as: account)]
    default: return .kept("\(path) cannot be restored: \(image.unkept ?? "it was no file")")
    }
    if let owner {
      acts.append(Act(.setOwner(path: path, user: "\(owner.user)", group: "\(owner.group)"), as: account))
    }
    return decision(acts)
  }
}
