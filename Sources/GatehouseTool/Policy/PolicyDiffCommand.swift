#if Server
import ArgumentParser
import Gatehouse

/// The command `gatehouse policy diff`.
struct PolicyDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Lists who gains and loses what where one policy document takes the place of another.",
        discussion: """
            Each line is `{"role":NAME,"permission":NAME,"change":"gains"}`, or with `principal` for those whom the \
            documents assign roles, or with `loses`; sorted by bytes, roles first, over the names of both documents. \
            What comes to depend on a condition is lost, what no longer does is gained, and where one condition takes \
            the place of another both are listed. A role that no longer denies a permission gains it beside roles that \
            give it, and so do the roles of a constraint that ends.

              gatehouse policy diff old.yaml new.yaml

            Exits with 0 where nobody gains anything, 1 where somebody does, 2 where a document cannot be used or \
            the two differ in too much to be compared.
            """
    )

    @Argument(help: ArgumentHelp("The policy document that is in force.", valueName: "a"), completion: .file())
    var before: String

    @Argument(help: ArgumentHelp("The policy document that is to take its place.", valueName: "b"), completion: .file())
    var after: String

    func run() async throws {
        let engines = try [before, after].mapEach(PolicyEngine.reading)
        let differences: [PolicyDifference]
        do throws(PolicyDifferenceError) {
            differences = try engines[0].differences(to: engines[1])
        } catch {
            throw CommandFailure("\(before), \(after): \(error)")
        }
        for difference in differences { try standardOutput(JSONValue(difference).description) }
        if differences.contains(where: { $0.change == .gains }) { throw ExitStatus.no }
    }
}

extension JSONValue {
    fileprivate init(_ difference: PolicyDifference) {
        let subject =
            switch difference.subject {
            case .role(let name): JSONMember("role", .string(name))
            case .principal(let id): JSONMember("principal", .string(id))
            }
        self = .object([
            subject, JSONMember("permission", .string(difference.permission)),
            JSONMember("change", .string(difference.change.rawValue)),
        ])
    }
}
#endif
