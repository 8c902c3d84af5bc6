import Foundation
import Testing

@testable import Hosts

@Suite("This computer's user")
struct EffectiveTests {
  @Test func `a HOME that is no absolute path counts as none`() {
    #expect(Effective.home(given: "/somewhere") == "/somewhere")
    for given in [nil, "", "here", "~"] { #expect(Effective.home(given: given) == Effective.home) }
  }

  @Test func `the home is that of the account database, and HOME for an account that it does not have`() {
    #expect(Effective.home(of: 0) == NSHomeDirectoryForUser("root"))
    #expect(Effective.home(of: 4_000_000_000) == ProcessInfo.processInfo.environment["HOME"])
  }
}
