import Gatehouse
import Testing

@Suite("Granting keeps to the limits of names and of work")
struct GrantingLimitsTests {
    private func remainder(given: [String], held: [String], denied: [String] = []) throws -> [String] {
        let engine = try PolicyEngine(
            Policy(roles: [Role("given", grants: given), Role("held", grants: held, denies: denied)])
        )
        return engine.canGrant("given", by: Principal("x", roles: ["held"]), at: .distantPast).remainder.map(\.text)
    }

    private func name(_ segment: String, _ count: Int) -> String {
        Array(repeating: segment, count: count).joined(separator: ":")
    }

    @Test("a name has at most sixteen segments")
    func segments() throws {
        let lengths = (1...16).map { name("*", $0) }
        #expect(try remainder(given: ["**"], held: lengths) == [])
        #expect(try remainder(given: ["**"], held: lengths.dropLast()) == [name("*", 16)])
        #expect(try remainder(given: ["**"], held: ["*", name("*", 2)]) == ["*:*:**"])
        #expect(try remainder(given: [name("a", 15) + ":**"], held: [name("a", 15) + ":*"]) == [])
        #expect(try remainder(given: [name("a", 16)], held: [name("*", 16)]) == [])
        #expect(try remainder(given: [name("a", 16)], held: ["**"], denied: [name("a", 15) + ":*"]) == [name("a", 16)])
    }

    @Test("a remainder at the last segment is written within that segment")
    func lastSegment() throws {
        let fifteen = name("a", 15)
        #expect(try remainder(given: [fifteen + ":**"], held: [fifteen + ":b"]) == [fifteen + ":*"])
        #expect(try remainder(given: [fifteen + ":**"], held: [fifteen + ":b", fifteen + ":*"]) == [])
        #expect(try remainder(given: [fifteen + ":long"], held: [fifteen + ":b"]) == [fifteen + ":long"])
    }

    @Test("a remainder at the last bytes is written within those bytes")
    func lastBytes() throws {
        let long = String(repeating: "a", count: 252)
        #expect(try remainder(given: [long + ":**"], held: [long + ":b"]) == [long + ":*", long + ":*:*"])
        // "cc:" and the long literal are one byte too many for a name.
        let longer = String(repeating: "a", count: 254)
        let given = ["*:" + longer, "cc:b", "z:c"]
        #expect(try remainder(given: given, held: ["z:c"]) == given.dropLast())
        #expect(try remainder(given: given, held: ["*:c"]) == given.dropLast())
    }

    @Test("a denied name is missing only where it is not too long", arguments: [(5, true), (6, false), (100, false)])
    func deniedAtLastBytes(count: Int, isName: Bool) throws {
        let (prefix, long) = (String(repeating: "p", count: count), String(repeating: "a", count: 250))
        let missing = try remainder(given: ["*:" + long], held: ["*:" + long], denied: [prefix + ":**"])
        #expect(missing == (isName ? [prefix + ":" + long] : []))
        let shorter = "*:" + String(repeating: "a", count: 248)
        let others = try remainder(given: ["*:" + shorter], held: ["*:" + shorter], denied: [prefix + ":**"])
        #expect(others == (isName ? [prefix + ":" + shorter] : []))
    }

    @Test("a name has at most 256 bytes")
    func bytes() throws {
        let long = String(repeating: "a", count: 250)
        let lengths = (1...3).map { long + ":" + name("*", $0) }
        #expect(try remainder(given: [long + ":**"], held: lengths) == [])
        #expect(try remainder(given: [long + ":**"], held: lengths.dropLast()) == [lengths[2]])
        #expect(try remainder(given: [long + ":**"], held: []) == [long + ":**"])
        #expect(try remainder(given: [long + "aaaa:*"], held: []) == [long + "aaaa:*"])
        // Both literals do not fit into one name.
        let (half, other) = (String(repeating: "a", count: 130), String(repeating: "b", count: 130))
        #expect(try remainder(given: ["*:*"], held: ["**"], denied: ["\(half):*"]) == ["\(half):*"])
        #expect(try remainder(given: ["\(half):**"], held: ["**"], denied: ["*:\(other)"]) == [])
    }

    @Test("a thousand literals are soon told apart")
    func literals() throws {
        let names = (0..<1_000).map { "org:things\($0):read" }
        #expect(try remainder(given: names, held: names) == [])
        #expect(try remainder(given: names, held: ["org:*:read"], denied: names) == names.sorted())
        #expect(try remainder(given: ["org:**"], held: names) == ["org:**"])
        #expect(try remainder(given: names, held: Array(names.dropLast())) == [names[999]])
    }

    @Test("a right that would take too long to assess is not granted")
    func work() throws {
        // At each of sixteen places one of two literals or neither: as many states as there are choices.
        let denied = (0..<16).flatMap { place in
            ["x", "y"].map { literal in (0..<16).map { $0 == place ? literal : "*" }.joined(separator: ":") }
        }
        #expect(try remainder(given: ["**", "a"], held: ["**"], denied: denied) == ["**", "a"])
        #expect(try remainder(given: [name("*", 15)], held: ["**"], denied: denied) == [])
    }

    @Test("a rule's right is not granted where the work would take too long")
    func workBesideRules() throws {
        let denied = (0..<16).flatMap { place in
            ["x", "y"].map { literal in (0..<16).map { $0 == place ? literal : "*" }.joined(separator: ":") }
        }
        let rule = Rule("r", .allow, "b", to: "given", "held", when: .exists("$context.x"))
        let roles = [Role("given", grants: ["**"]), Role("held", grants: ["**"], denies: denied)]
        let engine = try PolicyEngine(Policy(roles: roles, rules: [rule]))
        let assessment = engine.canGrant("given", by: Principal("x", roles: ["held"]), at: .distantPast)
        #expect(assessment.remainder.map(\.text) == ["**", "b"])
    }
}
