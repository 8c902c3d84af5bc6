import Foundation
import Testing

@testable import Hosts

@Suite("This computer's user")
struct EffectiveTests {
  @Test func `the home is that of the account database, and HOME for an account that it does not have`() {
    #expect(Effective.home(of: 0) == NSHomeDirectoryForUser("root"))
    #expect(Effective.home(of: 4_000_000_000) == ProcessInfo.processInfo.environment["HOME"])
  }
}
