import Foundation

extension HostileCase {
  /// Names, kinds, sizes and numbers of files.
  static let trees: [HostileCase] = links + names + sizes

  private static let links: [HostileCase] = [
    HostileCase(refused: "a recipe that is a link to a file of this computer") {
      with([("recipes/evil.lua", .link("/etc/passwd"))])
    },
    HostileCase(refused: "a folder of modules that is a link out of the repository") {
      with([("recipes/lib", .link("../../../../.ssh"))])
    },
    HostileCase(refused: "a link outside of what is loaded") { with([("docs/x", .link("nowhere"))]) },
    HostileCase(refused: "a repository.lua that is a link") { with([("repository.lua", .link("/dev/zero"))]) },
    HostileCase(refused: "a submodule without a word about it") { with([("recipes/lib", .submodule)]) },
    HostileCase(refused: "a submodule whose address is an option") {
      with([
        ("lib", .submodule),
        (".gitmodules", .text("[submodule \"lib\"]\n\tpath = lib\n\turl = --upload-pack=touch canary\n")),
      ])
    },
    HostileCase(refused: "a .gitmodules that is a link") { with([(".gitmodules", .link("../x"))]) },
    HostileCase(refused: "a device by its mode") {
      with([("recipes/evil.lua", .file(Data("x".utf8), mode: "60000"))])
    },
  ]

  private static let names: [HostileCase] = [
    HostileCase(refused: "a path that leads up") { with([("recipes/../../evil.lua", .text("x"))]) },
    HostileCase(refused: "a path that stays where it is") { with([("recipes/./evil.lua", .text("x"))]) },
    HostileCase(refused: "a hook in .git") {
      with([(".git/hooks/post-checkout", .file(Data("#!/bin/sh\ntouch canary\n".utf8), mode: "100755"))])
    },
    HostileCase(refused: "a configuration in .GIT, for file systems without case") {
      with([(".GIT/config", .text("[core]\n\tfsmonitor = touch canary\n"))])
    },
    HostileCase(refused: "a configuration in git~1, NTFS's short name") {
      with([("git~1/config", .text("[core]\n\tfsmonitor = touch canary\n"))])
    },
    HostileCase(refused: "an absolute path in one name") {
      .folder([(Data("/tmp/evil".utf8), .text("x")), (Data("recipes".utf8), .paths([("good.lua", .text(""))]))])
    },
    HostileCase(refused: "a name with backslashes") { with([("recipes\\..\\..\\evil.lua", .text("x"))]) },
    HostileCase(refused: "names that differ only in case") {
      with([("recipes/Evil.md", .text("1")), ("recipes/evil.md", .text("2"))])
    },
    HostileCase(refused: "folders that differ only in case") { with([("Recipes/evil.lua", .text("1"))]) },
    HostileCase(refused: "names that differ only in how an accent is written") {
      with([("docs/caf\u{E9}", .text("1")), ("docs/cafe\u{301}", .text("2"))])
    },
    HostileCase(refused: "one name for a file and a folder") {
      .folder([
        (Data("recipes".utf8), .text("x")), (Data("recipes".utf8), .paths([("good.lua", .text(""))])),
      ])
    },
    HostileCase(refused: "a name that is not UTF-8") {
      .folder([
        (Data([0x65, 0xFF, 0xFE]), .text("x")), (Data("recipes".utf8), .paths([("good.lua", .text(""))])),
      ])
    },
    HostileCase(refused: "a name that clears the screen") { with([("docs/\u{1B}[2Jevil", .text("x"))]) },
    HostileCase(refused: "a name of two lines") { with([("docs/x\nerror: all is well", .text("x"))]) },
    HostileCase(refused: "a name that turns the direction of writing") {
      with([("docs/\u{202E}aul.live", .text("x"))])
    },
    HostileCase(refused: "a recipe that is called like an option") { with([("recipes/--help.lua", .text("x"))]) },
    HostileCase(refused: "a name of 300 letters") {
      with([("docs/" + String(repeating: "n", count: 300), .text("x"))])
    },
  ]

  private static let sizes: [HostileCase] = [
    HostileCase(refused: "a recipe of 100 MB") {
      with([("recipes/evil.lua", .file(Data(repeating: 0x20, count: 100 << 20)))])
    },
    HostileCase(refused: "a picture of 100 MB") {
      with([("docs/evil.png", .file(Data(repeating: 0, count: 100 << 20)))])
    },
    HostileCase(refused: "twenty modules of 1 MB") {
      with([("recipes/lib", .many((0..<20).map { "m\($0).lua" }, .file(Data(repeating: 0x20, count: 1 << 20))))])
    },
    HostileCase(refused: "100,000 files") { with([("docs", .many((0..<100_000).map { "f\($0)" }, .text("x")))]) },
    HostileCase(refused: "a bomb: 10 folders in each of 10 folders, 10 deep") {
      with([("docs", .bomb(levels: 10, width: 10))])
    },
    HostileCase(refused: "500 folders in each other") { with([("docs", .bomb(levels: 500, width: 1))]) },
  ]
}
