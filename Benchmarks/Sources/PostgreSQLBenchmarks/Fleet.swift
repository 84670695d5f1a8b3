import Foundation
import Gatehouse
import GatehouseClerk
import GatehousePostgreSQL
import HTTPTypes

/// What one server carries: constants that are measured first, and a fleet that is simulated from them.
enum Fleet {
    /// What one server costs, in seconds of a processor but where it says otherwise.
    struct Constants {
        /// Commits a second with `NOTIFY`, which go one after another.
        var commits = 0.0
        /// A webhook about a membership, all that the server does for it.
        var change = 0.0
        /// A wake-up of one connection that listens, by whoever commits, and the delivery to it.
        var wake = 0.0
        var delivery = 0.0
        /// The question of one node, once a second, how many beats there were.
        var probe = 0.0
        /// A load of the roles of a member.
        var load = 0.0
        /// The memory of a connection, in bytes.
        var memory = 0.0
    }

    static func simulate(_ url: String) async throws {
        print("machine: \(Server.machine)")
        Notifications.measure(url)
        let constants = try await measure(url)
        print(
            String(
                format: """
                    a server: %.0f commits/s with NOTIFY; µs of a processor: change %.0f, wake-up %.1f, delivery %.1f, probe %.0f, \
                    load %.0f; %.1f MB a connection
                    """,
                constants.commits,
                constants.change * 1e6,
                constants.wake * 1e6,
                constants.delivery * 1e6,
                constants.probe * 1e6,
                constants.load * 1e6,
                constants.memory / 1e6
            )
        )
        print(
            "nodes  users        changes/s  loads/s  cores: changes  beats  loads    all  NOTIFY lock  p99 of a commit, ms  GB"
        )
        for (nodes, users) in [
            (3, 1e6), (10, 10e6), (30, 30e6), (100, 100e6), (300, 100e6), (1_000, 100e6), (1_000, 300e6),
            (3_000, 300e6),
            (5_000, 500e6),
        ] {
            print(row(constants, nodes: nodes, users: users))
        }
    }

    /// A fleet whose users change once a month, and of whom one in a hundred is at work at a time: each is then loaded once a minute, at the node
    /// that serves this user.
    private static func row(_ constants: Constants, nodes: Int, users: Double) -> String {
        let count = Double(nodes)
        let changes = users / 30 / 86_400
        let loads = users / 100 / 60
        let told = constants.change + count * (constants.wake + constants.delivery)
        let cores = (
            changes: changes * told, beats: count * constants.probe + count * (constants.wake + constants.delivery),
            loads: loads * constants.load
        )
        let part = changes / constants.commits
        let delay = part < 1 ? String(format: "%.1f", delay(changes, service: 1 / constants.commits) * 1e3) : "∞"
        return String(
            format: "%5d  %11.0f  %9.1f  %7.0f  %14.2f  %5.2f  %5.2f  %5.2f  %10.0f %%  %19@  %.1f",
            nodes,
            users,
            changes,
            loads,
            cores.changes,
            cores.beats,
            cores.loads,
            cores.changes + cores.beats + cores.loads,
            part * 100,
            delay as NSString,
            count * 9 * constants.memory / 1e9
        )
    }

    /// The 99th percentile of how long a commit takes that waits for those before it: arrivals at random, one served after another.
    private static func delay(_ rate: Double, service: Double) -> Double {
        var random = SeededRandom(seed: 1)
        var (time, free) = (0.0, 0.0)
        var delays: [Double] = []
        for _ in 0..<100_000 {
            time += -log(1 - Double.random(in: 0..<1, using: &random)) / rate
            free = max(free, time) + service
            delays.append(free - time)
        }
        delays.sort()
        return delays[99_000]
    }

    private static func measure(_ url: String) async throws -> Constants {
        var constants = Constants()
        let (none, many) = (
            Notifications.run(url, connections: 8, notifies: true, seconds: 4),
            Notifications.run(url, connections: 8, notifies: true, listeners: 100, seconds: 4)
        )
        constants.commits = none.commits
        constants.wake = max(0, many.senderCost - none.senderCost) / 100
        constants.delivery = many.listenerCost
        let raw = RawConnection(url)
        constants.memory = Server.ownMemory(raw.process)

        // All of a store's work goes by its connections, of which there is one here.
        let records = try await PostgreSQLRecords(url: url, configuration: .init(maximumConnections: 1))
        let process = try await records.read { rows in
            Int32(try rows.database.rows("SELECT pg_backend_pid()").first?.integer(0) ?? 0)
        }
        func cost(_ count: Int, _ body: (Int) async throws -> Void) async rethrows -> Double {
            let before = Server.seconds([process])
            for number in 0..<count { try await body(number) }
            return (Server.seconds([process]) - before) / Double(count)
        }
        let secret = try WebhookSecret.random()
        let authorizer = Authorizer(engine: try PolicyEngine(Policy()), issuer: "i", marks: records.marks)
        let webhooks = try ClerkWebhooks(records, secrets: [secret.text], authorizer: authorizer, audit: records.audit)
        let signer = WebhookSigner(secret)
        constants.change = try await cost(4_000) { number in
            let body = Array(
                """
                {"type":"organizationMembership.created","object":"event","timestamp":\(number + 1),"instance_id":"ins_1","data":{\
                "id":"mem_\(number)","object":"organization_membership","role":"org:admin","created_at":1,"updated_at":1,\
                "organization":{"id":"o\(number % 100)","name":"Acme","updated_at":5},"public_user_data":{"user_id":"u\(number)"}}}
                """.utf8
            )
            let fields = try signer.headerFields(id: "m\(number)", at: WallClock.system.now(), body: body, names: .svix)
            guard await webhooks.receive(fields, body: body) == .stored else { fatalError("a webhook was refused") }
        }
        let memberships = records.memberships(issuer: "i")
        constants.load = try await cost(10_000) { number in
            let member = Member("u\(number % 4_000)", in: "o\(number % 100)", issuer: "i")
            guard try await memberships.membership(of: member)?.roles.count == 1 else { fatalError("nothing is held") }
        }
        constants.probe = try await cost(10_000) { _ in
            _ = try await records.read { rows in
                try rows.database.rows("SELECT last_value - (NOT is_called)::integer FROM gatehouse_beats")
            }
        }
        return constants
    }
}

/// SplitMix64: the same numbers for the same seed.
private struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
