import Contract
import Lua
import Primitives
import Values

/// A Lua program that builds nested values of every kind, and calls one primitive with some of them.
enum PrimitiveArguments {
  private static let values = [
    "nil", "true", "false", "0", "1", "-1", "22", "65536", "1 << 62", "math.mininteger", "0.5", "3.0", "-0.0", "1e308",
    "0/0", "1/0", "''", "'0600'", "'g-w,o-w'", "'~/.ssh'", "'/etc/ssh/sshd_config'", "'pi:users'", "'ed25519'",
    "'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ+/ x'", "'PasswordAuthentication'", "'no'", "'-oProxyCommand=x'", "'a\\nb'",
    "'\\0'", "'\\xff\\xfe'", "'\\u{202e}x'", "('x'):rep(70000)", "('/a'):rep(3000)", "('~/'):rep(200)",
    "('x'):rep(2000000)",
    "{}", "{1, 2, 3}", "{'a', 'b', x = 1}", "{[2] = 1}", "{[true] = 1}", "{[1.5] = 1}", "{['\\xff'] = 1}",
    "{path = '/a', public = 'ssh-ed25519 AAAA'}", "{UsePAM = 'no', Port = 22}", "here", "word", "error", "print",
    "function(...) return ... end", "coroutine.create(error)", "coroutine.running()", "string", "_G",
    "setmetatable({}, m)",
    "deep(31)", "deep(33)", "deep(5000)", "many(1000)", "many(3000)", "same(v[1] or 'x', 50)",
    "same(v[2] or {}, 3000)",
    "table.pack(pcall(refuse))", "select(2, pcall(wait_refuse))",
  ]

  private static let prelude = """
    local v, m = {}, {__index = error, __len = error, __pairs = error, __tostring = error, __metatable = 1}
    local function deep(n) local t = {} for i = 1, n do t = {t} end return t end
    local function many(n) local t = {} for i = 1, n do t['k' .. i] = i end return t end
    local function same(x, n) local t = {} for i = 1, n do t[i] = x end return t end

    """

  static func play(_ bytes: [UInt8], in scene: FuzzScene) async throws {
    var input = FuzzInput(bytes)
    var source = prelude
    repeat {
      let primitive = input.choice(of: Catalogue.builtIn.primitives)
      let names = primitive.parameters.map(\.name) + ["1", "root", "x"]
      let count = input.number(below: 12)
      for place in 1...(count + 1) { source += statement(place, names, &input) }
      let arguments = (0..<input.number(below: 6)).map { _ in
        "v[\(input.number(below: count + 2))]"
      }
      source += call(primitive, arguments, &input)
    } while !input.isEmpty && source.utf8.count < 4000
    switch try await scene.run(Array(source.utf8)) {
    case .success: break
    case .failure(let error):
      try Finding.unless(error.kind != .syntax, "the generator wrote no Lua: \(error)\n\(source)")
    }
  }

  private static func statement(_ place: Int, _ names: [String], _ input: inout FuzzInput) -> String {
    let other = "v[\(input.number(below: place + 1))]"
    switch input.number(below: 8) {
    case 0: return "v[\(place)] = \(input.bytes(input.number(below: 40)).luaLiteral)\n"
    case 1, 2:
      let key = input.bool ? "\"\(input.choice(of: names))\"" : "\(input.number(below: 4))"
      return "if type(\(other)) == 'table' and not getmetatable(\(other)) then "
        + "\(other)[\(key)] = v[\(input.number(below: place + 1))] end\nv[\(place)] = \(other)\n"
    case 3:
      let fields = (0..<input.number(below: 4)).map { _ in
        "[\"\(input.choice(of: names))\"] = \(input.choice(of: values))"
      }
      return "v[\(place)] = {\(fields.joined(separator: ", "))}\n"
    default: return "v[\(place)] = \(input.choice(of: values))\n"
    }
  }

  private static func call(_ primitive: Primitive, _ arguments: [String], _ input: inout FuzzInput) -> String {
    let list = arguments.joined(separator: ", ")
    var function = primitive.scope == .host ? "at_" + primitive.name : primitive.name
    var before = ""
    if primitive.scope == .host, input.bool {
      function = "here.\(primitive.name)"
      before = "here" + (arguments.isEmpty ? "" : ", ")
    }
    // A recipe would show the message, which must be text for any argument.
    return "do local ok, e = pcall(\(function)\(before.isEmpty && list.isEmpty ? "" : ", ")\(before)\(list))\n"
      + "if not ok then assert(type(e.message) == 'string' and utf8.len(e.message), 'not text') "
      + "assert(not e.message:find('%c'), 'a control character: ' .. e.message) end end\n"
  }
}

extension FuzzInput {
  var bool: Bool {
    mutating get { byte() & 1 == 1 }
  }
}
