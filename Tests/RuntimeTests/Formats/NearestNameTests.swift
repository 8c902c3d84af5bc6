import Testing

@testable import Values

@Suite("the nearest name")
struct NearestNameTests {
  static let names = ["PasswordAuthentication", "PubkeyAuthentication", "Port", "chmod", "chown"]

  @Test(
    "is found for a typing mistake, but not for another word",
    arguments: [
      ("passwordauthentification", "PasswordAuthentication"), ("PubKeyAuthentication", "PubkeyAuthentication"),
      ("prot", "Port"), ("chmdo", "chmod"), ("por", "Port"), ("", nil), ("x", nil), ("reboot", nil), ("Protocol", nil),
    ])
  func find(name: String, nearest: String?) {
    #expect(NearestName.find(name, among: Self.names) == nearest)
  }

  @Test(
    "is measured in letters changed",
    arguments: [("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3), ("a", "", 1)])
  func distance(left: String, right: String, count: Int) {
    #expect(NearestName.distance(left, right) == count)
    #expect(NearestName.distance(right, left) == count)
  }
}
