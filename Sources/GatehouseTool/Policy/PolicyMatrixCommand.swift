#if Server
import ArgumentParser
import Gatehouse

/// The command `gatehouse policy matrix`.
struct PolicyMatrixCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix",
        abstract: "Prints a table of which role, held alone, may do what.",
        discussion: """
            A row for each permission of the catalogue and each exact name in the document, a column for each role. \
            Without a catalogue there is also a row for each pattern with a wildcard: it stands for the names that the \
            pattern matches and that no other row matches more narrowly. A cell is `allow`, `deny`, `conditional` (it \
            depends on what a check brings with it) or empty (nothing allows it).

              gatehouse policy matrix policy.yaml --format csv >matrix.csv

            Exits with 0, or 2 where the document cannot be used.
            """
    )

    @OptionGroup var file: PolicyFileArguments

    @Option(
        help: "How to print: text, markdown or csv (default: text).",
        completion: .list(PolicyMatrix.Format.allCases.map(\.rawValue)),
        transform: Self.format
    )
    var format: PolicyMatrix.Format = .text

    private static func format(_ argument: String) throws -> PolicyMatrix.Format {
        guard let format = PolicyMatrix.Format(rawValue: argument) else {
            throw ValidationError("--format is text, markdown or csv.")
        }
        return format
    }

    func run() async throws {
        for line in try PolicyEngine.reading(file.path).matrix().lines(format) { try standardOutput(line) }
    }
}
#endif
