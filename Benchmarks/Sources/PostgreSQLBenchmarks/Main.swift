import Foundation
import Gatehouse
import GatehouseClerk
import GatehousePostgreSQL
import HTTPTypes

/// What records in PostgreSQL cost beside raw libpq, and how soon other nodes know. The argument is the address of a server's database in which
/// others may be made: `postgresql://postgres@127.0.0.1:5432/postgres`.
@main
enum Main {
    static func main() async throws {
        if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "listen" {
            return try await Load.listen(CommandLine.arguments[2])
        }
        if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "fleet" {
            return try await Fleet.simulate(try database(CommandLine.arguments[2]))
        }
        guard CommandLine.arguments.count == 2 else {
            print("usage: PostgreSQLBenchmarks [fleet] postgresql://USER@HOST:PORT/DATABASE")
            exit(2)
        }
        let server = CommandLine.arguments[1]
        var passes = true
        passes = try await Intake.measure(try database(server)) && passes
        passes = try await Appends.measure(try database(server)) && passes
        passes = try await Refusal.measure(try database(server)) && passes
        passes = try await Load.measure(try database(server)) && passes
        if !passes { exit(1) }
    }

    /// The address of a fresh database.
    static func database(_ server: String) throws -> String {
        let name = "bench_\(UInt32.random(in: .min ... .max))"
        RawConnection(server).run("CREATE DATABASE \(name)")
        return server.split(separator: "/").dropLast().joined(separator: "/").replacing(":/", with: "://") + "/\(name)"
    }

    static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await body()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    static func gate(_ name: String, _ value: Double, atLeast limit: Double) -> Bool {
        report(name, value, value >= limit, ">= \(limit)")
    }

    static func gate(_ name: String, _ value: Double, atMost limit: Double) -> Bool {
        report(name, value, value <= limit, "<= \(limit)")
    }

    private static func report(_ name: String, _ value: Double, _ passes: Bool, _ limit: String) -> Bool {
        let shown = name.padding(toLength: max(66, name.count), withPad: " ", startingAt: 0)
        print("\(passes ? "pass" : "FAIL") \(shown) \(String(format: "%.2f", value)) (\(limit))")
        fflush(nil)
        return passes
    }
}

/// Webhooks from raw bytes and fields to the commit, in batches of 64.
enum Intake {
    private static let count = 64 * 40

    static func measure(_ url: String) async throws -> Bool {
        let secret = try WebhookSecret.random()
        let padding = String(repeating: "x", count: 1_200)
        var (ours, raw) = (Double.infinity, Double.infinity)
        let records = try await PostgreSQLRecords(url: url, node: "one")
        let authorizer = Authorizer(engine: try PolicyEngine(Policy()), issuer: "i", marks: records.marks)
        let webhooks = try ClerkWebhooks(records, secrets: [secret.text], authorizer: authorizer)
        let signer = WebhookSigner(secret)
        let connection = RawConnection(url)
        connection.prepare(
            "insert",
            """
            INSERT INTO gatehouse_webhooks (source, id, type, object, received, body, state, attempts, due, is_applied, error)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """
        )
        for round in 0..<5 {
            let requests = try (0..<count).map { number in
                let text =
                    #"{"type":"email.created","object":"event","timestamp":1,"data":{"id":"ema_\#(number)","body":"\#(padding)"}}"#
                let body = Array(text.utf8)
                let id = "msg_\(round)_\(number)"
                return (
                    try signer.headerFields(id: id, at: WallClock.system.now(), body: body, names: .svix), body
                )
            }
            let time = await Main.seconds {
                for start in stride(from: 0, to: count, by: 64) {
                    await withTaskGroup { group in
                        for (fields, body) in requests[start..<(start + 64)] {
                            group.addTask { _ = await webhooks.receive(fields, body: body) }
                        }
                    }
                }
            }
            ours = min(ours, time)
            let rawTime = await Main.seconds {
                for start in stride(from: 0, to: count, by: 64) {
                    connection.run("BEGIN")
                    for (number, request) in requests[start..<(start + 64)].enumerated() {
                        connection.run(
                            "insert",
                            [
                                bytes("raw"), bytes("raw_\(round)_\(start + number)"), bytes("email.created"), nil,
                                bytes(1),
                                request.1, bytes(1), bytes(0), bytes(1), bytes(true), nil,
                            ]
                        )
                    }
                    connection.run("COMMIT")
                }
            }
            raw = min(raw, rawTime)
        }
        print("intake: \(Int(Double(count) / ours)) webhooks/s, raw inserts \(Int(Double(count) / raw))/s")
        return Main.gate("webhook intake beside raw libpq", raw / ours, atLeast: 0.7)
    }
}

/// Audit records to the commit, in batches of 256.
enum Appends {
    private static let count = 256 * 20

    static func measure(_ url: String) async throws -> Bool {
        let engine = try PolicyEngine(Policy(roles: [Role("org:member", grants: ["org:invoices:read"])]))
        var (ours, raw) = (Double.infinity, Double.infinity)
        let connection = RawConnection(url)
        for round in 0..<5 {
            let records = try await PostgreSQLRecords(url: url, node: "n\(round)", audit: .init(capacity: count + 1))
            let authorizer = Authorizer(engine: engine, issuer: "i", observers: [records.audit])
            let principal = Principal("user_1", issuer: "i", organization: "org_1", roles: ["org:member"])
            for _ in 0..<count { _ = try await authorizer.isAllowed("org:invoices:read", for: principal) }
            ours = min(ours, try await Main.seconds { try await records.audit.flush() })
            let stored = try await records.read {
                try $0.auditRows(of: "n\(round)", from: 0, afterNumber: 0, limit: count)
            }
            guard stored.count == count else { fatalError("\(stored.count) of \(count) records were stored") }
            if round == 0 {
                connection.prepare(
                    "insert",
                    """
                    INSERT INTO gatehouse_audit (writer, sequence, time, type, outcome, organization, request, member, facts,
                        personal, salt, commitment, previous, hash)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                    """
                )
            }
            let time = await Main.seconds {
                for start in stride(from: 0, to: count, by: 256) {
                    connection.run("BEGIN")
                    for row in stored[start..<(start + 256)] {
                        let record = row.record
                        connection.run(
                            "insert",
                            [
                                bytes("raw"), bytes(row.sequence), bytes(record.time.nanosecondsSince1970),
                                bytes(record.type),
                                bytes(Int64(record.outcome.rawValue)), bytes(record.organization),
                                bytes(record.requestID),
                                bytes(record.user), record.facts, record.personal, row.salt, row.commitment,
                                row.previous,
                                row.hash,
                            ]
                        )
                    }
                    connection.run("COMMIT")
                }
            }
            raw = min(raw, time)
        }
        print("appends: \(Int(Double(count) / ours)) records/s, raw inserts \(Int(Double(count) / raw))/s")
        return Main.gate("audit appends beside raw libpq", raw / ours, atLeast: 0.7)
    }
}

/// From a signed webhook accepted at one node to the refusal at another.
enum Refusal {
    static let issuer = "https://clerk.acme.example"

    static func measure(_ url: String) async throws -> Bool {
        let secret = try WebhookSecret.random()
        let policy = Policy(roles: [Role("org:admin", grants: ["doc:write"])])
        func node(_ name: String) async throws -> (PostgreSQLRecords, Authorizer) {
            let records = try await PostgreSQLRecords(url: url, node: name)
            let authorizer = Authorizer(
                engine: try PolicyEngine(policy),
                memberships: records.memberships(issuer: issuer),
                issuer: issuer,
                marks: records.marks,
                bus: records.bus
            )
            return (records, authorizer)
        }
        let (one, here) = try await node("one")
        let (_, there) = try await node("two")
        let webhooks = try ClerkWebhooks(one, secrets: [secret.text], authorizer: here, audit: one.audit)
        let following = Task { try await there.followBus() }
        defer { following.cancel() }
        let signer = WebhookSigner(secret)
        func send(_ type: String, _ number: Int, _ time: Int) async throws {
            let body = Array(
                """
                {"type":"organizationMembership.\(type)","object":"event","timestamp":\(time),"instance_id":"ins_1","data":{\
                "id":"mem_\(number)","object":"organization_membership","role":"org:admin","created_at":\(number),"updated_at":\(time),\
                "organization":{"id":"o","name":"Acme","updated_at":5},"public_user_data":{"user_id":"u\(number)"}}}
                """.utf8
            )
            let fields = try signer.headerFields(
                id: "\(type)_\(number)",
                at: WallClock.system.now(),
                body: body,
                names: .svix
            )
            guard await webhooks.receive(fields, body: body) == .stored else { fatalError("a webhook was refused") }
        }
        var times: [Double] = []
        for number in 1...500 {
            let permission = Permission("doc:write")
            try await send("created", number, number)
            while try await !there.isAllowed(organization: "o", user: "u\(number)", permission: permission) {}
            let start = ContinuousClock.now
            try await send("deleted", number, number + 1)
            while try await there.isAllowed(organization: "o", user: "u\(number)", permission: permission) {
                await Task.yield()
            }
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        times.sort()
        print(String(format: "from webhook to refusal: median %.2f ms, p99 %.2f ms", times[250], times[494]))
        return Main.gate("from a webhook at one node to refusal at another, p99 of 500, ms", times[494], atMost: 25)
    }
}

/// What a thousand invalidations a second cost the node that hears them, which is a process of its own.
enum Load {
    private static let count = 5_000

    static func measure(_ url: String) async throws -> Bool {
        let sender = try await PostgreSQLRecords(url: url, node: "one")
        let listener = Process()
        listener.executableURL = URL(filePath: CommandLine.arguments[0])
        listener.arguments = ["listen", url]
        let output = Pipe()
        listener.standardOutput = output
        try listener.run()
        _ = output.fileHandleForReading.availableData  // it listens
        let start = ContinuousClock.now
        for batch in 0..<count / 100 {
            try await sender.write { rows in
                for number in 0..<100 {
                    let user = "u\(batch)-\(number)"
                    try rows.mark(
                        Invalidation(.user(issuer: "i", user: user), revokedAt: WallClock.system.now())
                    )
                }
            }
            try await Task.sleep(until: start.advanced(by: .milliseconds(100 * (batch + 1))), clock: .continuous)
        }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        listener.waitUntilExit()
        guard let seconds = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            fatalError("the listener said “\(text)”")
        }
        let wall = (ContinuousClock.now - start) / .seconds(1)
        print("\(count) invalidations in \(String(format: "%.1f", wall)) s cost \(String(format: "%.3f", seconds)) s")
        return Main.gate(
            "1,000 invalidations a second, of a core of the node that hears, %",
            seconds / wall * 100,
            atMost: 3
        )
    }

    /// The listener: prints a line when it listens, and the processor's seconds once it has heard all.
    static func listen(_ url: String) async throws {
        let records = try await PostgreSQLRecords(url: url, node: "two")
        let authorizer = Authorizer(
            engine: try PolicyEngine(Policy()),
            memberships: records.memberships(issuer: "i"),
            issuer: "i",
            marks: records.marks
        )
        var (heard, before) = (0, 0.0)
        for try await event in records.bus.events() {
            switch event {
            case .heartbeat where before == 0:
                before = seconds()
                print("listening")
                fflush(nil)
            case .invalidation(let invalidation):
                authorizer.applyLocally(invalidation)
                heard += 1
            default: break
            }
            if heard == count { break }
        }
        print(seconds() - before)
    }

    private static func seconds() -> Double {
        var usage = rusage()
        getrusage(0, &usage)  // RUSAGE_SELF, of another type on each system
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}
