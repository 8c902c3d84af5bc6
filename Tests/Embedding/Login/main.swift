import RecipeRuntime

RecipeRunner.answerIfAskpass()

struct Owner: Person {
  let password: String
  let fingerprint: String

  func secret(for request: SecretRequest, attempt: Int) async -> Secret? {
    // A wrong password stays wrong, and the host counts each attempt.
    guard attempt == 1, case .loginPassword = request else { return nil }
    return Secret(Array(password.utf8))
  }

  func accept(target: String, keyType: String, fingerprint: String) async -> Bool { fingerprint == self.fingerprint }

  func answer(_ question: Question) async -> String? { question.defaultAnswer }
}

let owner = Owner(password: readLine() ?? "", fingerprint: CommandLine.arguments[2])
let report = try await RecipeRunner(person: owner).run(recipe: "raspi_passwordless", on: [CommandLine.arguments[1]])
for failure in report.failures { print("failed: \(failure)") }
print(report.outcome.rawValue)
