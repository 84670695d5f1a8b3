#if Server
import ArgumentParser
import Gatehouse
import GatehousePolicyFiles

/// The command `gatehouse policy check`.
struct PolicyCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Answers checks, one a line of standard input, by a policy document.",
        discussion: """
            A check is a JSON object, of which only `principal` with its `id`, and `permission`, are required:

              {"principal":{"id":"user_1"},"permission":"org:invoices:read"}

            Beside them: `id`, `resource` (`type`, `id`, `attributes`), `action`, `context`, `at` (RFC 3339 or Unix \
            seconds), and of the principal `type` (default `user`), `organization`, `attributes` and `roles`: names, or \
            objects with `role`, `resource`, `notBefore` and `notAfter`. The document's assignments to the principal's id \
            are added: without `type`, those of any type; of any issuer.

            Each answer is a line of JSON (or a sentence, with --format text) with `id`, `allowed`, `reasons` and the policy's `revision`. Exits with 0 \
            where every check is allowed, 1 where one is not, 2 where there is none or the document cannot be used.
            """
    )

    @OptionGroup var policy: PolicyFileArguments

    @Option(help: "How to print: json or text.")
    var format: AnswerFormat = .json

    func run() async throws {
        if policy.path == "-" { throw CommandFailure("standard input has the checks; the policy is a file") }
        let engine = try PolicyEngine.reading(policy.path)
        var lines = LineReader(maximumBytes: CheckLine.maximumBytes)
        var (isEmpty, allAllowed) = (true, true)
        while let line = try lines.nextLine() {
            let (answer, isAllowed) = engine.answer(checkLine: line, in: format, now: WallClock.system.now())
            try standardOutput(answer)
            (isEmpty, allAllowed) = (false, allAllowed && isAllowed)
        }
        if isEmpty { throw CommandFailure("standard input: there is no check in it; each line is one") }
        if !allAllowed { throw ExitStatus.no }
    }
}
#endif
