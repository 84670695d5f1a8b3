#if SQLite
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import SeededGenerator
import Testing

/// Whatever the order in which events arrive, the directory ends the same, as a naive model says.
struct DirectoryOrderTests {
    private struct Arrival: Sendable {
        let id: String
        let body: JSONValue
    }

    private struct State: Equatable {
        var users: [String: String] = [:]
        var organizations: Set<String> = []
        var held: [String: [String]] = [:]
    }

    private static func small() -> [Arrival] {
        func membership(_ id: String, _ role: String, _ time: Int) -> JSONValue {
            ClerkSender.membership(id, "u", in: "o", role: role, created: 10, updated: time)
        }
        return [
            Arrival(
                id: "a",
                body: ClerkSender.event("user.created", ClerkSender.user("u", email: "1", updated: 10), at: 10)
            ),
            Arrival(
                id: "b",
                body: ClerkSender.event("user.updated", ClerkSender.user("u", email: "2", updated: 20), at: 20)
            ),
            Arrival(
                id: "c",
                body: ClerkSender.event("organizationMembership.created", membership("m1", "org:member", 10), at: 10)
            ),
            Arrival(
                id: "d",
                body: ClerkSender.event("organizationMembership.updated", membership("m1", "org:admin", 20), at: 20)
            ),
            Arrival(
                id: "e",
                body: ClerkSender.event("organizationMembership.deleted", membership("m1", "org:admin", 20), at: 30)
            ),
            Arrival(
                id: "f",
                body: ClerkSender.event("organizationMembership.created", membership("m2", "org:member", 40), at: 40)
            ),
        ]
    }

    private static func state(after arrivals: [Arrival]) async throws -> State {
        let sender = try await ClerkSender()
        for arrival in arrivals { _ = try await sender.send(arrival.body, id: arrival.id) }
        return try await sender.records.read { rows in
            var state = State()
            for user in try rows.users(issuer: ClerkSender.issuer, after: nil, limit: 1_000) {
                state.users[user.id] = user.email ?? ""
            }
            state.organizations = Set(
                try rows.organizations(issuer: ClerkSender.issuer, after: nil, limit: 1_000).map(\.id)
            )
            for recorded in try rows.recordedRoles(issuer: ClerkSender.issuer, at: .distantFuture) {
                state.held[recorded.member.user, default: []].append(
                    "\(recorded.member.organization ?? "") \(recorded.role.role)"
                )
            }
            state.held = state.held.mapValues { $0.sorted() }
            return state
        }
    }

    @Test(arguments: 0..<24)
    func `Every order of a small set of events ends in the same directory`(_ part: Int) async throws {
        let expected = State(users: ["u": "2"], organizations: ["o"], held: ["u": ["o org:member"]])
        let events = Self.small()
        // A part of all 720 orders, each with one event twice.
        for order in Self.permutations(events.count).enumerated() where order.offset % 24 == part {
            let arrivals = order.element.map { events[$0] } + [events[order.element[0]]]
            #expect(try await Self.state(after: arrivals) == expected, "order \(order.element)")
        }
    }

    private static func permutations(_ count: Int) -> [[Int]] {
        guard count > 0 else { return [[]] }
        return permutations(count - 1).flatMap { rest in
            (0..<count).map { place in Array(rest[..<place]) + [count - 1] + Array(rest[place...]) }
        }
    }
}
#endif
