/// Signatures over a repository: a signature file over all loadable files, or git's signature on the tag or the commit.
/// One valid signature by an allowed signer suffices, as long as the others are valid as well.
package enum Signatures {
  /// The signature file at the top of a repository, over ``ContentManifest``.
  package static let file = "recipes.sig"
  /// Signature files at the top of a repository: ``RepositoryContents/attachments``.
  package static let files: Set<String> = [file]
  /// The purpose of the program's signatures, so that a signature of a mail or a commit never passes for one.
  package static let namespace = "ssh-recipes"

  /// The result of a check.
  package struct Verdict: Sendable, Hashable {
    /// The signer; `nil` if unsigned. ``isDemanded`` tells whether the user requires this key.
    package var signer: Signer?
    /// Whether the user named or pinned the signer.
    package var isDemanded: Bool
    /// The signers required for updates.
    package var signers: [Signer]
  }

  /// Refuses a signature that does not match or was made by a revoked key, even if no signature is required and even
  /// next to a good signature, since such a signature indicates tampering.
  ///
  /// - Throws: ``RepositoryProblem/signature(_:)``.
  package static func verify(
    _ evidence: SignatureEvidence, _ demand: SignatureDemand
  ) async throws(RepositoryProblem) -> Verdict {
    do throws(SignatureProblem) { return try await check(evidence, demand) } catch { throw .signature(error) }
  }

  private static func check(
    _ evidence: SignatureEvidence, _ demand: SignatureDemand
  ) async throws(SignatureProblem) -> Verdict {
    let things = try evidence.signed()
    guard !things.isEmpty else {
      if !demand.signers.isEmpty { throw .missing(expected: demand.signers.map(\.shown)) }
      if demand.pins { throw .nothingToPin }
      return Verdict(signer: nil, isDemanded: false, signers: [])
    }
    var signer: Signer?
    var problem: SignatureProblem?
    for thing in things {
      do throws(SignatureProblem) {
        let found = try await SignatureCheck(thing: thing, demand: demand).signer()
        signer = signer ?? found
      } catch {
        guard error.isOnlyOfSomebodyElse else { throw error }
        problem = problem ?? error
      }
    }
    if signer == nil, let problem { throw problem }
    guard demand.signers.isEmpty else { return Verdict(signer: signer, isDemanded: true, signers: demand.signers) }
    return Verdict(
      signer: signer, isDemanded: demand.pins, signers: demand.pins ? signer.map { [$0] } ?? [] : [])
  }
}
