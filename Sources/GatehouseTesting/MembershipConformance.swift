public import Gatehouse

/// The rules for every `MembershipSource` and `MembershipStore`, for the tests of their authors.
///
/// ```swift
/// @Test func conforms() async throws {
///     #expect(await MembershipConformance.violations(of: MyStore(), issuer: "https://issuer").isEmpty)
/// }
/// ```
public enum MembershipConformance {
    /// Returns the rules that a source breaks, by comparison with expected answers.
    ///
    /// - Parameters:
    ///   - source: The source under test.
    ///   - expected: Members with the roles that the source should return for them; at least one member.
    ///   - strangers: Members for whom the source should return no roles, or that the source should not know.
    /// - Returns: A sentence for each rule that the source breaks; none if the source conforms.
    public static func violations(
        of source: some MembershipSource,
        expected: [Member: [RoleAssignment]],
        strangers: [Member] = []
    ) async -> [String] {
        var violations: [String] = []
        for (member, roles) in expected {
            let said = await answer(of: source, member, &violations)
            if said.map({ Set($0.roles) }) != Set(roles) {
                violations.append(
                    "\(member) should hold \(roles.map(\.role)), and holds \(said?.roles.map(\.role) ?? [])"
                )
            }
            for other in lookalikes(of: member) where expected[other] == nil {
                if await answer(of: source, other, &violations)?.roles.isEmpty == false {
                    violations.append("\(other) is taken for \(member)")
                }
            }
        }
        for member in strangers where await answer(of: source, member, &violations)?.roles.isEmpty == false {
            violations.append("\(member) should hold nothing")
        }
        let complete = expected.keys.filter {
            source.claimed(by: Principal($0.user, issuer: $0.issuer)).isComplete
        }
        if !complete.isEmpty { violations.append("a source that loads says that nothing is to be loaded") }
        return violations
    }

    /// Returns the rules that a failing source breaks, such as a source whose database is down. The source must throw: a check is then
    /// undecided, but would be denied if the source answered that nobody is a member.
    ///
    /// - Parameters:
    ///   - source: The source under test.
    ///   - members: Members that the source would know if it could answer; at least one member.
    /// - Returns: A sentence for each rule that the source breaks; none if the source conforms.
    public static func violations(ofFailing source: some MembershipSource, members: [Member]) async -> [String] {
        var violations: [String] = []
        for member in members {
            do {
                let said = try await source.membership(of: member)
                let roles = said.map { "\($0.roles.map(\.role))" } ?? "nothing that it knows of"
                violations.append("\(member) holds \(roles), says a source that cannot tell")
            } catch {}  // the source must fail
        }
        return violations
    }

    /// Returns the rules that a store breaks. The test leaves the store unchanged, except for its revision.
    ///
    /// - Parameters:
    ///   - store: The store under test.
    ///   - issuer: The issuer of the users that the store knows.
    public static func violations(of store: some MembershipStore, issuer: String) async -> [String] {
        let member = Member("user_\(UInt64.random(in: 0 ... .max))", in: "org_conformance", issuer: issuer)
        var violations: [String] = []
        func require(_ roles: [RoleAssignment], _ rule: String) async {
            let said = await answer(of: store, member, &violations)
            if Set(said?.roles ?? []) != Set(roles) { violations.append(rule) }
        }
        do {
            await require([], "a member that was never given a role holds one")
            let added = try await store.assign("reader", to: member)
            let first = added.revision
            if ![.gained, .unknown].contains(added.effect) {
                violations.append("a role that is added counts as no gain")
            }
            await require(["reader"], "an assigned role is not held once assign returns")
            if let first, await answer(of: store, member, &violations)?.revision.map({ $0 >= first }) != true {
                violations.append("what is said after a change has a lower revision than the change")
            }
            try await store.assign("reader", to: member)
            await require(["reader"], "a role that is assigned twice is held twice")
            let ends = Timestamp.distantFuture
            let shortened = try await store.assign(RoleAssignment("reader", notAfter: ends), to: member)
            if ![.lost, .unknown].contains(shortened.effect) {
                violations.append("a role whose time is cut short counts as no loss")
            }
            await require(
                [RoleAssignment("reader", notAfter: ends)],
                "a role that is assigned again keeps its old times"
            )
            let document = ResourceID(type: "doc", id: "1")
            try await store.assign(RoleAssignment("reader", on: document), to: member)
            await require(
                [RoleAssignment("reader", notAfter: ends), RoleAssignment("reader", on: document)],
                "a role for one resource replaces the same role for all"
            )
            try await store.assign("\u{212A}", to: member)
            try await store.remove(role: "K", from: member)
            if await answer(of: store, member, &violations)?.roles.contains("\u{212A}") != true {
                violations.append("role names are not compared by bytes")
            }
            try await store.remove(role: "\u{212A}", from: member)
            for other in lookalikes(of: member)
            where await answer(of: store, other, &violations)?.roles.isEmpty == false {
                violations.append("\(other) is taken for \(member)")
            }
            let removed = try await store.remove(role: "reader", from: member)
            let last = removed.revision
            if ![.lost, .unknown].contains(removed.effect) {
                violations.append("a role that is removed counts as no loss")
            }
            await require([], "a removed role is still held, for a resource or for all, once remove returns")
            if let first, let last, last <= first { violations.append("a later change has no higher revision") }
            try await store.remove(role: "reader", from: member)
            await require([], "to remove a role that is not held gives one")
        } catch {
            violations.append("a change of \(member) failed: \(error)")
        }
        return violations
    }

    /// Returns the answer of a source. A thrown error is a violation too, since a source has another answer for an unknown member.
    private static func answer(
        of source: some MembershipSource,
        _ member: Member,
        _ violations: inout [String]
    ) async -> Membership? {
        do {
            return try await source.membership(of: member)
        } catch {
            violations.append("asked about \(member) it failed: \(error)")
            return nil
        }
    }

    /// Returns members whose ids a careless source confuses with those of the member.
    private static func lookalikes(of member: Member) -> [Member] {
        var others = [
            Member(member.user + " ", in: member.organization, issuer: member.issuer),
            Member(member.user.uppercased(), in: member.organization, issuer: member.issuer),
            Member("", in: member.organization, issuer: member.issuer),
            Member("%", in: member.organization, issuer: member.issuer),
            Member("' OR ''='", in: member.organization, issuer: member.issuer),
            Member(member.user, in: "", issuer: member.issuer),
            Member(member.user, in: member.organization, issuer: member.issuer + "/"),
        ]
        if let organization = member.organization {
            others += [
                Member(member.user, in: nil, issuer: member.issuer),
                Member(member.user, in: organization + "x", issuer: member.issuer),
                Member("x" + member.user, in: organization, issuer: member.issuer),
            ]
        }
        return others.filter { $0 != member }
    }
}
