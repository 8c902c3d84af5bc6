import RecipeRuntime

RecipeRunner.answerIfAskpass()

let greet = Primitive(
  "greet", "Puts a greeting into a file.", needs: .files,
  Parameter<RemotePath>("path", "The file."),
  Parameter("text", "The greeting.", default: "hello"),
  example: #"here:greet("~/greeting")"#
) { context, path, text in
  let path = try await context.reader.absolute(path)
  let before = try await context.reader.state(of: path).contents
  let after = Array("\(text)\n".utf8)
  guard before != after else { return .unchanged("\(path) has the greeting already") }
  return .change("\(path): \(text)") { writer in
    try await writer.replaceFile(path, contents: after, expecting: before)
    return ["path": .string(path)]
  }
}

let recipe = """
  recipe {
    summary = "Leave a greeting in a file",
    params = { { "path", "The file" } },
    needs = { "files" },
    run = function(hosts, params) here:greet(params.path, "good morning") end,
  }
  """

let runner = RecipeRunner(catalogue: .builtIn.adding(greet))
let settings = ["path": CommandLine.arguments[1]]
let report = try await runner.run(recipe, named: "greeting", settings: settings) { event in
  if case .primitive(let call) = event, call.state != .began { print("\(call.host): \(call.what)") }
}
print(report.outcome.rawValue)
