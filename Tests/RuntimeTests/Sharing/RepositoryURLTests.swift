import Testing

@testable import Sharing

@Suite("URLs, refs and names of repositories")
struct RepositoryURLTests {
  private static func parse(_ text: String) throws -> RepositoryURL {
    try RepositoryURL(parsing: text, from: "/work/here", home: "/home/ada")
  }

  @Test(
    "URLs of git are accepted",
    arguments: [
      ("git@example.org:ada/recipes.git", "git@example.org:ada/recipes.git", "recipes"),
      ("example.org:Recipes.git", "example.org:Recipes.git", "recipes"),
      ("ssh://ada@example.org:2222/srv/nas.git/", "ssh://ada@example.org:2222/srv/nas.git/", "nas"),
      ("ssh://[fe80::1]:22/x", "ssh://[fe80::1]:22/x", "x"),
      ("https://example.org/a/b", "https://example.org/a/b", "b"),
      ("ssh://ada@example.org/a/b", "ssh://ada@example.org/a/b", "b"),
      ("https://example.org/a@b", "https://example.org/a@b", "a_b"),
      ("file:///srv/recipes", "file:///srv/recipes", "recipes"),
      ("/srv/my recipes", "/srv/my recipes", "my_recipes"),
      ("./nas", "/work/here/nas", "nas"),
      ("../nas/.", "/work/nas", "nas"),
      ("~/nas.git", "/home/ada/nas.git", "nas"),
      ("nas", "/work/here/nas", "nas"),
    ])
  func good(text: String, url: String, name: String) throws {
    let parsed = try Self.parse(text)
    #expect(parsed.text == url)
    #expect(parsed.suggestedName == name)
    #expect(parsed.isPath == (url.hasPrefix("/") || url.hasPrefix("file:")))
  }

  @Test(
    "URLs that run a command, are an option or contain a password are refused, each with its own message",
    arguments: [
      ("", RepositoryURLError.empty),
      ("--upload-pack=touch /tmp/x", .option("--upload-pack=touch /tmp/x")),
      ("-oProxyCommand=x:y", .option("-oProxyCommand=x:y")),
      ("ssh://-oProxyCommand=x/y", .option("ssh://-oProxyCommand=x/y")),
      ("ssh://ada@-oProxyCommand=x/y", .option("ssh://ada@-oProxyCommand=x/y")),
      ("ada@-oProxyCommand=x:y", .option("ada@-oProxyCommand=x:y")),
      ("example.org:-oProxyCommand=x", .option("example.org:-oProxyCommand=x")),
      ("ext::sh -c touch% /tmp/x", .helper("ext", url: "ext::sh -c touch% /tmp/x")),
      ("fd::17", .helper("fd", url: "fd::17")),
      ("EXT::sh", .helper("EXT", url: "EXT::sh")),
      ("ftp://example.org/x", .scheme("ftp", url: "ftp://example.org/x", known: RepositoryURL.schemes)),
      ("https://ada:secret@example.org/x", .password(scheme: "https")),
      ("https://ghp_secret@example.org/x", .user(scheme: "https")),
      ("HTTP://ada@example.org/x", .user(scheme: "http")),
      ("a\nb", .controlCharacter("a\nb")),
      ("a\u{1B}[2Jb", .controlCharacter("a\u{1B}[2Jb")),
    ])
  func bad(text: String, error: RepositoryURLError) { #expect(throws: error) { try Self.parse(text) } }

  @Test(
    "a password is not repeated, nor a user name that may be a token",
    arguments: [
      ("ada:secret", "the https URL contains a password"),
      ("ghp_secret", "the https URL contains a user name, which may be a token"),
    ])
  func password(user: String, words: String) async {
    let message = await SharingScene.message { _ = try Self.parse("https://\(user)@example.org/x") }
    #expect(!message.contains("secret"))
    #expect(message.hasPrefix(words))
  }

  @Test("an older lock file may name a user, but no password")
  func pinned() throws {
    #expect(try RepositoryURL(pinned: "https://ada@example.org/x").text == "https://ada@example.org/x")
    #expect(throws: RepositoryURLError.password(scheme: "https")) {
      try RepositoryURL(pinned: "https://ada:secret@example.org/x")
    }
  }

  @Test(
    "refs are read as in git",
    arguments: [
      ("HEAD", RepositoryRef.Kind.head), ("main", .name), ("v1.2", .name), ("feature/x", .name),
      ("refs/tags/v1", .tag), ("refs/heads/main", .branch), (String(repeating: "a1", count: 20), .commit),
      (String(repeating: "a1", count: 32), .commit), ("0123abc", .name),
    ])
  func ref(text: String, kind: RepositoryRef.Kind) throws {
    let ref = try RepositoryRef(parsing: text)
    #expect(ref.kind == kind)
    #expect(ref.text == text)
  }

  @Test(
    "options, ranges and patterns are not refs",
    arguments: [
      "", "-x", "--upload-pack=x", "refs/heads/-x", "a..b", "a b", "a~1", "a^", "a:b", "a?", "a*", "a[b", "a\\b", "@",
      "a@{1}", "/a", "a/", "a//b", ".a", "a/.b", "a.lock", "a.lock/b", "a.", "a\nb", "a\u{85}b", "a\u{2028}b",
      "a\u{202E}b", "a\u{200D}", "a\u{AD}b", "refs/tags/a\u{2028}", "-\u{301}a", ".\u{301}a/.\u{301}",
    ])
  func badRef(text: String) { #expect(throws: RepositoryRefError.self) { try RepositoryRef(parsing: text) } }

  @Test("a combining mark after a slash belongs to the name")
  func mark() throws {
    let ref = try RepositoryRef(parsing: "refs/tags/\u{301}v1")
    #expect(ref.kind == .tag)
    #expect(ref.name.unicodeScalars.elementsEqual("\u{301}v1".unicodeScalars))
  }

  @Test("no suggested name looks like another name")
  func suggestion() throws {
    #expect(try Self.parse("/srv/ac\u{301}me").suggestedName == "a_me")
    #expect(throws: RepositoryURLError.controlCharacter("/srv/acme\u{200D}")) { try Self.parse("/srv/acme\u{200D}") }
  }

  @Test("names are valid folder names everywhere, and not reserved")
  func names() {
    #expect(["a", "acme", "a-b_2", "9"].allSatisfy(RepositoryName.isValid))
    let bad = [
      "", "A", "a.b", "a/b", "..", "-a", "_a", "é", "bundled", "own", String(repeating: "a", count: 41),
      "acme\u{200D}", "acm\u{200D}e", "ac\u{301}me", "acme\u{FE0F}", "\u{661}", "a\u{200B}b", "acme\u{AD}",
    ]
    #expect(bad.filter(RepositoryName.isValid) == [])
  }
}
