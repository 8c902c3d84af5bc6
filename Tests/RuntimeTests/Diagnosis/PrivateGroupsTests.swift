import Testing

@testable import LoginSafety

/// Debian's rule for files writable by their group (user-group-modes), as observed with Debian's sshd.
@Suite struct PrivateGroupsTests {
  private static func groups(_ lines: String...) -> Set<UInt32> {
    var accounts = LoginInspection.Accounts()
    for line in ["account root 0 0", "account pi 1000 1000", "account bob 1001 100"] + lines {
      accounts.read(line[...])
    }
    return accounts.privateGroups(of: "pi", 1000)
  }

  @Test func `only a group with the user as its one member is the user's own`() {
    #expect(Self.groups("group 1000 ") == [1000])
    #expect(Self.groups("group 1000 pi", "group 50 pi") == [1000, 50])
    #expect(Self.groups("group 1000 bob", "group 100 ", "group 100 pi") == [])
    #expect(Self.groups("group 60 pi,bob") == [])
  }

  @Test func `a group without members is nobody's, and a second name of the user's number is the user`() {
    #expect(Self.groups("group 60 ") == [])
    #expect(Self.groups("group 1000 ", "account pi2 1000 1000") == [1000])
  }
}
