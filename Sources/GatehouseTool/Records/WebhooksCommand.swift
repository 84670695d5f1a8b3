#if Server
import ArgumentParser
import Gatehouse
import GatehouseRecords

/// The command `gatehouse webhooks …`.
struct WebhooksCommand: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "webhooks",
        abstract: "Shows the webhooks that were received, and replays them.",
        subcommands: [WebhooksListCommand.self, WebhooksShowCommand.self, WebhooksReplayCommand.self]
    )
}

/// The command `gatehouse webhooks list`.
struct WebhooksListCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists webhooks in the order of arrival.",
        discussion: """
            Each line is `{"id","type","received","state","attempts","error"}`; the state is pending, done or dead.

              gatehouse webhooks list --store sqlite:gatehouse.db --state dead
            """
    )

    @OptionGroup var store: StoreOption

    @Option(help: "Only those in this state: pending, done or dead.")
    var state: WebhookStateOption?

    func run(on records: some CommandRecords) async throws {
        var last: Int64 = 0
        while true {
            let (after, state) = (last, state?.state)
            let page = try await records.read { try $0.webhooks(in: state, after: after, limit: 500) }
            guard let end = page.last else { return }
            for webhook in page { try standardOutput(webhook.summary.line) }
            last = end.number
        }
    }
}

/// A state of webhooks on the command line.
struct WebhookStateOption: ExpressibleByArgument {
    let state: StoredWebhook.State

    init?(argument: String) {
        guard let state = StoredWebhook.State(rawValue: argument) else { return nil }
        self.state = state
    }

    static var allValueStrings: [String] { StoredWebhook.State.allCases.map(\.rawValue) }
}

extension StoredWebhook {
    /// The sources of stored webhooks: Clerk, and the audit log for the compliance endpoint.
    fileprivate static let sources = ["clerk", "compliance"]

    /// The object `{"id","type","received","state","attempts","error"}`.
    var summary: JSONValue {
        [
            "id": .string(id), "type": JSONValue(type), "received": .string(received.description),
            "state": .string(state.rawValue), "attempts": .number(JSONNumber(attempts)), "error": JSONValue(error),
        ]
    }
}

/// The command `gatehouse webhooks show`.
struct WebhooksShowCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows one webhook with its body.",
        discussion: """
            The line is that of `list`, with `source`, `object`, `due` and `body`: the JSON that was sent, or a text where \
            it is no JSON. Exits with 1 where there is no such webhook.
            """
    )

    @OptionGroup var store: StoreOption

    @Argument(help: "The webhook's id, such as msg_….")
    var id: String

    func run(on records: some CommandRecords) async throws {
        let id = id
        let webhook = try await records.read { rows in
            try StoredWebhook.sources.compactMap { try rows.webhook(source: $0, id: id) }.first
        }
        guard let webhook else {
            standardError("\(id.printable): there is no such webhook")
            throw ExitStatus.no
        }
        guard case .object(let members) = webhook.summary else { return }
        let body =
            (try? JSONDocument(parsing: webhook.body, maximumDepth: 256)).map { JSONValue($0.root) }
            ?? .string(String(decoding: webhook.body, as: UTF8.self))
        let line: JSONValue = .object(
            members + [
                JSONMember("source", .string(webhook.source)), JSONMember("object", JSONValue(webhook.object)),
                JSONMember("due", .string(webhook.due.description)), JSONMember("body", body),
            ]
        )
        try standardOutput(line.line)
    }
}

/// The command `gatehouse webhooks replay`.
struct WebhooksReplayCommand: RecordsCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Makes webhooks pending again.",
        discussion: """
            The server that uses the store runs their handlers, within a second where it is up. Prints the line of `list` \
            for each. Exits with 1 where a webhook is not there.

              gatehouse webhooks replay --store sqlite:gatehouse.db --dead
            """
    )

    @OptionGroup var store: StoreOption

    @Flag(help: "All dead letters.")
    var dead = false

    @Argument(help: "The ids of webhooks.")
    var ids: [String] = []

    func validate() throws {
        guard dead != !ids.isEmpty else { throw ValidationError("Name webhooks, or --dead.") }
    }

    func run(on records: some CommandRecords) async throws {
        let (dead, ids, sources, now) = (dead, ids, StoredWebhook.sources, WallClock.system.now())
        let (replayed, missing) = try await records.write { rows in
            var wanted = ids.map { ($0, sources) }
            if dead {
                var last: Int64 = 0
                while let page = Optional(try rows.webhooks(in: .dead, after: last, limit: 500)),
                    let end = page.last
                {
                    wanted += page.map { ($0.id, [$0.source]) }
                    last = end.number
                }
            }
            var (replayed, missing): ([StoredWebhook], [String]) = ([], [])
            for (id, sources) in wanted {
                let found = try sources.compactMap { source in
                    try rows.replay(source: source, id: id, now: now)
                        ? try rows.webhook(source: source, id: id) : nil
                }
                if found.isEmpty { missing.append(id) } else { replayed += found }
            }
            return (replayed, missing)
        }
        for webhook in replayed { try standardOutput(webhook.summary.line) }
        for id in missing { standardError("\(id.printable): there is no such webhook") }
        if dead, replayed.isEmpty { standardError("there is no dead letter") }
        if !missing.isEmpty { throw ExitStatus.no }
    }
}
#endif
