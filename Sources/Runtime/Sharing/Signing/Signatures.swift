/// Signatures over a repository: a file of its own over all that can be loaded, or git's own on the tag or the commit.
/// One good one by somebody who is allowed is enough, beside others' that are in order as well.
package enum Signatures {
  /// At the top of a repository, over ``ContentManifest``.
  package static let file = "recipes.sig"
  /// Files at the top of a repository that hold signatures: ``RepositoryContents/attachments``.
  package static let files: Set<String> = [file]
  /// What our signatures are made for, so that one of a mail or a commit never passes for one.
  package static let namespace = "ssh-recipes"

  /// What was found.
  package struct Verdict: Sendable, Hashable {
    /// Who signed; `nil` where nobody did. Whether anybody vouches for the key is ``isDemanded``.
    package var signer: Signer?
    /// Whether the signer is one whom the person named or pinned.
    package var isDemanded: Bool
    /// Who has to sign from now on.
    package var signers: [Signer]
  }

  /// A signature that does not fit, or by a revoked key, is refused also where none is demanded, and also beside a good
  /// one: something is wrong there.
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
