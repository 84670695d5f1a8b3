#if PostgreSQL
import Dispatch
import Foundation
import GatehouseBase
import GatehouseClerk
import GatehousePostgreSQL
import GatehouseRecords
import HTTPTypes
import Synchronization

/// A node of its own process: takes webhooks, answers decisions and writes audit records as fast as it can, and prints each with the time of the
/// machine's monotonic clock, until it is told to stop, or is killed.
///
/// Arguments: the database's address, the node's name, how many seconds its clock is ahead, and how many users it has. Lines of its input:
/// `watch NODE COUNT` names users of another node whose rights it asks for; `stop` ends its own changes.
@main
enum Main {
    static let issuer = "https://i"
    static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let ahead = Int(arguments[3]), let users = Int(arguments[4]) else { _exit(2) }
        let node = try await opened(arguments[1], arguments[2], ahead: ahead)
        Thread.detachNewThread {
            while let line = readLine() { node.hear(line) }
            // The parent is gone.
            _exit(6)
        }
        Output.write("ready \(node.name)")
        await withTaskGroup { group in
            group.addTask { try? await node.webhooks.run() }
            group.addTask { try? await node.authorizer.followBus() }
            group.addTask { await node.ask() }
            await withTaskGroup { changes in
                for user in 0..<users { changes.addTask { await node.change("\(node.name)-\(user)") } }
                changes.addTask { await node.record() }
            }
            Output.write("stopped")
        }
    }
}

extension Main {
    /// Opens the store, as a supervisor starts a node again whose database does not answer.
    private static func opened(_ url: String, _ name: String, ahead: Int) async throws -> Node {
        for _ in 0..<300 {
            do {
                return try await Node(url, name, ahead: ahead)
            } catch let error as RecordStoreError where error.code != .unusable {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        return try await Node(url, name, ahead: ahead)
    }
}

/// One write a line: whatever the parent reads is whole.
enum Output {
    static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

    static func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        if Foundation.write(1, bytes, bytes.count) != bytes.count { _exit(5) }
    }
}

final class Node: Sendable {
    private struct State {
        var watched: [String] = []
        var isStopping = false
    }

    let name: String
    let records: PostgreSQLRecords
    let authorizer: Authorizer
    let webhooks: ClerkWebhooks<PostgreSQLRecords>
    private let clock: WallClock
    private let signer: WebhookSigner
    private let state = Mutex(State())

    init(_ url: String, _ name: String, ahead: Int) async throws {
        self.name = name
        signer = WebhookSigner(try WebhookSecret(Main.secret))
        clock = WallClock { WallClock.system.now().advanced(by: .seconds(ahead)) }
        records = try await PostgreSQLRecords(
            url: url,
            node: name,
            configuration: .init(
                maximumConnections: 4,
                statementTimeout: .seconds(2),
                heartbeatInterval: .milliseconds(50)
            ),
            audit: .init(durable: true, checkpointInterval: 10),
            clock: clock
        )
        let policy = Policy { Role("org:admin") { Grants("doc:write") } }
        authorizer = Authorizer(
            engine: try PolicyEngine(policy),
            memberships: records.memberships(issuer: Main.issuer),
            issuer: Main.issuer,
            cache: try PermissionCache(.init(disconnectedTimeToLive: .seconds(1))),
            marks: records.marks,
            bus: records.bus,
            clock: clock
        )
        webhooks = try ClerkWebhooks(
            records,
            secrets: [Main.secret],
            authorizer: authorizer,
            audit: records.audit,
            configuration: .init(lease: .seconds(5)),
            clock: clock
        )
        webhooks.on(.userCreated) { event, database in
            try database.execute("INSERT INTO effects VALUES ($1)", [.text(event.data.id)])
        }
    }

    func hear(_ line: String) {
        let words = line.split(separator: " ")
        state.withLock { state in
            switch words.first {
            case "watch":
                guard words.count == 3, let count = Int(words[2]) else { return }
                state.watched += (0..<count).map { "\(words[1])-\($0)" }
            case "stop": state.isStopping = true
            default: break
            }
        }
    }

    private var isStopping: Bool { state.withLock { $0.isStopping } }

    private func pause(_ milliseconds: Int) async { try? await Task.sleep(for: .milliseconds(milliseconds)) }

    /// Asks for everybody's rights again and again, and prints each grant with the times of question and answer.
    func ask() async {
        while true {
            for user in state.withLock({ $0.watched }) {
                let time = Output.now
                do {
                    let answer = try await authorizer.isAllowed(
                        organization: "o",
                        user: user,
                        permission: Permission("doc:write")
                    )
                    if answer { Output.write("yes \(user) \(time) \(Output.now)") }
                } catch {}  // undecided, and so no grant
            }
            await pause(2)
        }
    }

    /// Gives a user a membership and takes it away, again and again; each webhook is sent until it is acknowledged, as Clerk does.
    func change(_ user: String) async {
        var number = 0
        while !isStopping {
            let start = Int(clock.now().milliseconds)
            let membership = "mem_\(user)_\(number)"
            Output.write("giving \(user) \(Output.now)")
            await send("organizationMembership.created", membership: membership, of: user, created: start, at: start)
            Output.write("gave \(user) \(Output.now)")
            await pause(20)
            let end = max(start + 1, Int(clock.now().milliseconds))
            Output.write("taking \(user) \(Output.now)")
            await send("organizationMembership.deleted", membership: membership, of: user, created: start, at: end)
            Output.write("took \(user) \(Output.now)")
            await pause(20)
            number += 1
        }
    }

    /// Sends events that have an effect, and writes audit records.
    func record() async {
        var number = 0
        while !isStopping {
            let id = "\(name)_\(number)"
            await send(
                "msg_\(id)",
                #"{"type":"user.created","object":"event","timestamp":\#(number + 1),"data":{"id":"user_\#(id)","updated_at":1}}"#
            )
            Output.write("webhook \(id)")
            // What was not acknowledged may be written all the same, later: the log tries again by itself.
            if (try? await records.audit.append(event: "test.event", user: id)) != nil {
                Output.write("audit \(id)")
            } else {
                Output.write("unsure \(id)")
                await pause(20)
            }
            number += 1
        }
    }

    private func send(_ type: String, membership: String, of user: String, created: Int, at time: Int) async {
        // A dot ends an id where it is signed.
        await send(
            "msg_\(type.replacing(".", with: "_"))_\(membership)",
            """
            {"type":"\(type)","object":"event","timestamp":\(time),"instance_id":"ins_1","data":{"id":"\(membership)",\
            "object":"organization_membership","role":"org:admin","created_at":\(created),"updated_at":\(time),\
            "organization":{"id":"o","name":"Acme","updated_at":5},"public_user_data":{"user_id":"\(user)"}}}
            """
        )
    }

    private func send(_ id: String, _ text: String) async {
        let body = Array(text.utf8)
        while true {
            guard let fields = try? signer.headerFields(id: id, at: clock.now(), body: body, names: .svix) else {
                _exit(3)
            }
            let reception = await webhooks.receive(fields, body: body)
            if reception.status == .ok { return }
            guard case .unavailable = reception else { _exit(4) }
            await pause(20)
        }
    }
}
#else
@main
enum Main {
    static func main() {}
}
#endif
