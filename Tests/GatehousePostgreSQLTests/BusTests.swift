#if PostgreSQL
import Foundation
import Gatehouse
import GatehouseBase
import GatehousePostgreSQL
import GatehouseTesting
import Testing

/// How often the server is killed; `make test-long` does so more often.
private let rounds = ProcessInfo.processInfo.environment["GATEHOUSE_ROUNDS"].flatMap { Int($0) } ?? 10

@Suite(
    "The bus over PostgreSQL",
    .enabled(if: PostgreSQLServer.isThere, PostgreSQLServer.missing),
    .timeLimit(.minutes(rounds > 10 ? 60 : 5))
)
struct BusTests {
    static let issuer = "https://i"

    /// A node: its records, and an authorizer that follows the bus.
    struct Node {
        let records: PostgreSQLRecords
        let authorizer: Authorizer

        init(_ url: String, _ name: String) async throws {
            records = try await PostgreSQLRecords(
                url: url,
                node: name,
                // A busy machine is late by less than the four intervals after which a node listens anew.
                configuration: .init(heartbeatInterval: .seconds(1))
            )
            let policy = Policy {
                Role("member") { Grants("doc:read") }
                Role("admin") {
                    Inherits("member")
                    Grants("doc:write")
                }
            }
            authorizer = Authorizer(
                engine: try PolicyEngine(policy),
                memberships: records.memberships(issuer: BusTests.issuer),
                issuer: BusTests.issuer,
                marks: records.marks,
                bus: records.bus
            )
        }

        func mayWrite(_ user: String) async throws -> Bool {
            try await authorizer.isAllowed(organization: "o", user: user, permission: Permission("doc:write"))
        }
    }

    /// Runs nodes that follow the bus.
    private func withNodes<Value>(_ count: Int, _ url: String, _ body: ([Node]) async throws -> Value) async throws
        -> Value
    {
        var nodes: [Node] = []
        for number in 0..<count { nodes.append(try await Node(url, "node-\(number)")) }
        let tasks = nodes.map { node in Task { try await node.authorizer.followBus() } }
        defer { tasks.forEach { $0.cancel() } }
        return try await body(nodes)
    }

    /// Waits for an event of a kind.
    private func first(
        _ events: inout AsyncThrowingStream<InvalidationBusEvent, any Error>.Iterator,
        _ fits: (InvalidationBusEvent) -> Bool
    ) async throws {
        while let event = try await events.next() { if fits(event) { return } }
        Issue.record("the bus ended")
    }

    @Test("a role that is given or taken at one node counts at the others, and a removal refuses old tokens there")
    func roles() async throws {
        let url = try PostgreSQLServer.shared.get().database()
        try await withNodes(3, url) { nodes in
            let member = Member("ada", in: "o", issuer: Self.issuer)
            for node in nodes { #expect(try await !node.mayWrite("ada")) }
            try await nodes[0].authorizer.assign(RoleAssignment("admin"), to: member)
            for node in nodes { try await eventually(equals: true) { try await node.mayWrite("ada") } }
            // Tokens of before a node listened are refused there, once: this one is of after.
            let principal = Principal("ada", issuer: Self.issuer, organization: .init("o"))
            var issued = WallClock.system.now()
            try await eventually(equals: true) {
                issued = WallClock.system.now()
                return nodes.allSatisfy { $0.authorizer.marks.accepts(principal, issuedAt: issued) }
            }
            try await nodes[1].authorizer.remove(role: "admin", from: member)
            for node in nodes {
                try await eventually(equals: false) { try await node.mayWrite("ada") }
                try await eventually(equals: false) {
                    node.authorizer.marks.accepts(principal, issuedAt: issued)
                }
            }
        }
    }

    @Test("a write at one node is read at another by its revision")
    func minimumRevision() async throws {
        let url = try PostgreSQLServer.shared.get().database()
        let (one, two) = (try await Node(url, "one"), try await Node(url, "two"))
        let member = Member("ada", in: "o", issuer: Self.issuer)
        for round in 0..<20 {
            let revision =
                round % 2 == 0
                ? try await one.records.memberships(issuer: Self.issuer).assign("admin", to: member).revision
                : try await one.records.memberships(issuer: Self.issuer).remove(role: "admin", from: member).revision
            let permission = Permission("doc:write")
            let answer = try await two.authorizer.isAllowed(
                organization: "o",
                user: "ada",
                permission: permission,
                minimumRevision: revision
            )
            #expect(answer == (round % 2 == 0))
        }
    }

    @Test("an invalidation travels with its transaction: not before its end, and not at all where it is undone")
    func transactional() async throws {
        struct Undone: Error {}
        let url = try PostgreSQLServer.shared.get().database()
        let (one, two) = (try await Node(url, "one").records, try await Node(url, "two").records)
        var events = two.bus.events().makeAsyncIterator()
        try await first(&events) { $0 == .heartbeat }
        let (lost, kept) = (Member("lost", in: "o", issuer: Self.issuer), Member("kept", in: "o", issuer: Self.issuer))
        @Sendable func recorded(_ member: Member) -> RecordedRole {
            RecordedRole(RoleAssignment("admin"), of: member, since: .distantPast)
        }
        await #expect(throws: Undone.self) {
            try await one.write { rows in
                try rows.begin(recorded(lost))
                throw Undone()
            }
        }
        try await one.write { rows in
            do {
                try rows.savepoint {
                    try rows.begin(recorded(lost))
                    throw Undone()
                }
            } catch is Undone {}
            try rows.begin(recorded(kept))
        }
        try await first(&events) { event in
            #expect(event != .invalidation(Invalidation(.member(lost))))
            return event == .invalidation(Invalidation(.member(kept)))
        }
    }

    @Test("names of any length and characters travel, and very many changes at once travel as one for everything")
    func longNames() async throws {
        let url = try PostgreSQLServer.shared.get().database()
        let (one, two) = (try await Node(url, "one").records, try await Node(url, "two").records)
        var events = two.bus.events().makeAsyncIterator()
        try await first(&events) { $0 == .heartbeat }
        let time = Timestamp(seconds: 1_800_000_000, nanoseconds: 7)
        for name in ["a", "é\0\u{1}\"\\", String(repeating: "x", count: 20_000)] {
            for scope in [
                Invalidation.Scope.member(Member(name, in: nil, issuer: name)), .role(name),
                .organization(issuer: name, organization: name), .session(issuer: "i", session: name), .everything,
            ] {
                let invalidation = Invalidation(scope, revokedAt: time)
                try await one.bus.publish(invalidation)
                try await first(&events) { $0 == .invalidation(invalidation) }
            }
        }
        try await one.write { rows in
            for number in 0..<1_000 {
                let member = Member("u\(number)", in: "o", issuer: Self.issuer)
                try rows.mark(Invalidation(.member(member), revokedAt: time))
            }
        }
        try await first(&events) { $0 == .invalidation(Invalidation(.everything)) }
        let last = Member("u999", in: "o", issuer: Self.issuer)
        try await first(&events) { $0 == .invalidation(Invalidation(.member(last), revokedAt: time)) }
    }

    @Test("a node that was cut off forgets everything when it is back, and reads the marks that it missed")
    func cutOff() async throws {
        let server = try PostgreSQLServer.shared.get()
        let url = try server.database()
        let name = String(url.split(separator: "/").last ?? "")
        let (one, two) = (try await Node(url, "one").records, try await Node(url, "two").records)
        var events = two.bus.events().makeAsyncIterator()
        try await first(&events) { $0 == .mayHaveMissed }
        try await first(&events) { $0 == .heartbeat }
        for round in 0..<5 {
            try server.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'",
                in: "postgres"
            )
            let member = Member("u\(round)", in: "o", issuer: Self.issuer)
            let mark = Invalidation(.member(member), revokedAt: WallClock.system.now())
            try await one.write { try $0.mark(mark) }
            try await first(&events) { $0 == .mayHaveMissed }
            try await first(&events) { $0 == .invalidation(mark) }
            try await first(&events) { $0 == .heartbeat }
        }
        // And a restart loses none of them.
        let again = try await PostgreSQLRecords(url: url, node: "two")
        func accepts(_ user: String) -> Bool {
            let principal = Principal(user, issuer: Self.issuer, organization: .init("o"))
            return again.marks.accepts(principal, issuedAt: WallClock.system.now().advanced(by: .seconds(-300)))
        }
        #expect((0..<5).allSatisfy { !accepts("u\($0)") })
        #expect(accepts("somebody else"))
    }

    @Test("a server that is killed and comes back loses nothing that was acknowledged")
    func killedServer() async throws {
        let server = try PostgreSQLServer()
        defer { server.stop() }
        let url = try server.database()
        let (one, two) = (try await Node(url, "one"), try await Node(url, "two"))
        let following = Task { try await two.authorizer.followBus() }
        defer { following.cancel() }
        for round in 0..<rounds {
            let member = Member("u\(round)", in: "o", issuer: Self.issuer)
            // Writers are at work when the server is killed.
            let writers = (0..<8).map { number in
                Task { () -> Member? in
                    let other = Member("w\(round)-\(number)", in: "o", issuer: Self.issuer)
                    let store = one.records.memberships(issuer: Self.issuer)
                    return (try? await store.assign("admin", to: other)) == nil ? nil : other
                }
            }
            try await one.records.memberships(issuer: Self.issuer).assign("admin", to: member)
            server.stop()
            var acknowledged = [member]
            for writer in writers { if let member = await writer.value { acknowledged.append(member) } }
            await #expect(throws: (any Error).self) {
                try await one.records.memberships(issuer: Self.issuer).assign(
                    "admin",
                    to: Member("x", in: "o", issuer: Self.issuer)
                )
            }
            try server.start()
            let held = try await one.records.read { try $0.recordedRoles(issuer: Self.issuer, at: .distantFuture) }
            let users = held.map(\.member.user)
            #expect(Set(users).count == users.count)
            for member in acknowledged { #expect(users.contains(member.user)) }
            try await eventually(equals: true) { try await two.mayWrite(member.user) }
        }
    }
}
#endif
