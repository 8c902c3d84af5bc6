import Testing

@testable import Contract
@testable import Sharing

/// The permissions that `repo check` considers used; it reports all others in `needs`.
@Suite struct UsedPermissionsTests {
  @Test(
    arguments: [
      ("host:chmod('~', '700')", [.files]), ("host:write { path = '/x', root = true }", [.files, .root]),
      ("host:tail_log()", [.logs]), ("step 'x'", []),
      // The sources do not show whether a path is the user's own.
      ("host:keygen { path = p }", [.keys, .files]), ("host['copy_id'](host, { file = f })", [.keys, .files]),
      ("here:ssh_add { key = k }", [.agent, .files]), ("host:wait_for { command = c }", [.files, .run]),
    ] as [(String, Set<Permission>)])
  func `what an argument may need counts as used`(source: String, used: Set<Permission>) {
    #expect(UsedPermissions(in: [Array(source.utf8)]).permissions == used)
  }
}
