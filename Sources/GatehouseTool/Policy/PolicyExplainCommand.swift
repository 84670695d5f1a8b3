#if Server
import ArgumentParser
import Gatehouse
import GatehousePolicyFiles

/// The command `gatehouse policy explain`.
struct PolicyExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Answers one check by a policy document, with what nearly made it another answer.",
        discussion: """
            All of standard input is one check, the JSON object that `gatehouse policy check` describes; here it may \
            have line breaks.

            The answer is a line of JSON as that of `check`, with `nearMisses` too: the roles that would have allowed \
            it (`role`), the denials that stopped it (`deny`), and the rules whose condition did not hold or was \
            unknown (`condition`), with the attributes that were `missing`.

              echo '{"principal":{"id":"user_1"},"permission":"org:invoices:read"}' |
                gatehouse policy explain --policy policy.yaml

            Exits with 0 where it is allowed, 1 where it is not, 2 where there is no check or the document cannot be \
            used.
            """
    )

    @OptionGroup var policy: PolicyFileArguments

    @Option(help: "How to print: json or text.")
    var format: AnswerFormat = .json

    func run() async throws {
        if policy.path == "-" { throw CommandFailure("standard input has the check; the policy is a file") }
        let engine = try PolicyEngine.reading(policy.path)
        // The limit is a byte above that of a check, so that a longer check is refused as too long.
        let text = try InputFile.standardInput(maximumBytes: CheckLine.maximumBytes + 1)
        if text.isEmpty { throw CommandFailure("standard input: there is no check in it; all of it is one") }
        let (answer, isAllowed) = engine.explanation(ofCheck: text, in: format, now: WallClock.system.now())
        try standardOutput(answer)
        if !isAllowed { throw ExitStatus.no }
    }
}
#endif
