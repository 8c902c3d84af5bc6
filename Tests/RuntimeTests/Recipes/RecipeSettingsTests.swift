import Testing

@testable import Recipes
@testable import Values

@Suite("settings of a recipe")
struct RecipeSettingsTests {
  let parameters = [
    RecipeParameter("key_type", "The kind of key", choices: ["ed25519", "rsa"], default: .string("ed25519")),
    RecipeParameter("passphrase", "Protect the key", default: .boolean(false)),
    RecipeParameter("port", "The port", kind: .integer),
    RecipeParameter("comment", "A remark"),
  ]

  func problem(_ settings: [String]) -> SettingError? {
    do throws(SettingError) {
      _ = try RecipeSettings(settings, for: parameters)
      return nil
    } catch { return error }
  }

  @Test("defaults apply to unset parameters, and parameters without a default are missing")
  func defaults() throws {
    let settings = try RecipeSettings([], for: parameters)
    #expect(settings.values == ["key_type": .string("ed25519"), "passphrase": .boolean(false)])
    #expect(settings.missing.map(\.name) == ["port", "comment"])
  }

  @Test("each kind is read from its text, and a value may contain an equals sign or be empty")
  func kinds() throws {
    let settings = try RecipeSettings(["port=22", "passphrase=yes", "comment=a=b", "key_type=rsa"], for: parameters)
    #expect(
      settings.values == [
        "port": .integer(22), "passphrase": .boolean(true), "comment": .string("a=b"), "key_type": .string("rsa"),
      ])
    #expect(settings.missing.isEmpty)
    #expect(try RecipeSettings(["comment="], for: parameters).values["comment"] == .string(""))
  }

  @Test("the table for Lua has Lua's own types")
  func lua() throws {
    let settings = try RecipeSettings(["port=22", "comment=x"], for: parameters)
    let fields: [String: LuaValue] = [
      "port": .integer(22), "passphrase": .boolean(false), "comment": .string("x"), "key_type": .string("ed25519"),
    ]
    #expect(settings.luaFields == fields)
  }

  @Test("an answer fills a missing parameter")
  func answer() throws {
    var settings = try RecipeSettings(["comment=x"], for: parameters)
    try settings.answer(parameters[2], "2222")
    #expect(settings.values["port"] == .integer(2222))
    #expect(settings.missing.isEmpty)
  }

  @Test(
    "a mistake is refused with the nearest name",
    arguments: [
      (["portt=22"], #"the recipe has no parameter "portt"; did you mean "port"?"#),
      (
        ["zzz=22"],
        #"the recipe has no parameter "zzz"; the parameters are key_type, passphrase, port, comment"#
      ),
      (["port"], #""port" is not a setting; expected name=value"#),
      (["=1"], #""=1" is not a setting; expected name=value"#),
      (["port=1", "port=1"], #"the parameter "port" is set twice"#),
      (["port=ssh"], #"the parameter "port": expected an integer, got "ssh""#),
      (["passphrase=maybe"], #"the parameter "passphrase": expected true or false, got "maybe""#),
      (
        ["key_type=ed25591"],
        #"the parameter "key_type": expected "ed25519" or "rsa", got "ed25591"; did you mean "ed25519"?"#
      ),
    ])
  func mistakes(settings: [String], message: String) {
    #expect(problem(settings)?.description == message)
  }

  @Test("missing parameters are named with their help")
  func missing() throws {
    let settings = try RecipeSettings([], for: parameters)
    let error = SettingError.missing(settings.missing)
    #expect(error.description == "the recipe needs --set port=… (The port), --set comment=… (A remark)")
  }
}
