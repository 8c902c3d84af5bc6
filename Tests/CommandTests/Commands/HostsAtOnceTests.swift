import Testing

@testable import ssh_recipes

@Suite struct HostsAtOnceTests {
  @Test func `the wanted number stays where the descriptors last for it`() throws {
    let number = try HostsAtOnce(wanted: 50, hosts: 200, descriptors: 1024)
    #expect(number.number == 50)
    #expect(number.note == nil)
  }

  @Test func `fewer hosts at once than wanted are told with the limit that would do`() throws {
    let number = try HostsAtOnce(wanted: 100, hosts: 100, descriptors: 1024)
    #expect(number.number == 50)
    #expect(
      number.note
        == "note: 50 hosts at once instead of 100, since this computer lets the program have 1024 open files; "
        + "for more: ulimit -n 2024")
  }

  @Test func `a smaller number is told only where there are so many hosts`() throws {
    #expect(try HostsAtOnce(wanted: 100, hosts: 3, descriptors: 1024).note == nil)
  }

  @Test func `a limit too low for one host is an error before anything is contacted`() {
    let failure = #expect(throws: CommandFailure.self) { try HostsAtOnce(wanted: 50, hosts: 1, descriptors: 30) }
    #expect(
      failure?.lines == [
        "error: this computer lets the program have 30 open files, and one host needs 44",
        "  try: raise the limit: ulimit -n 1024",
      ])
  }
}
