#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("An answer has its paths in full, up to a million names")
struct LongPathTests {
    /// The paths of a check by whoever holds the first role of a chain in which each role decides.
    private func paths(inChainOf count: Int) throws -> [[String]] {
        let roles = (0..<count).map {
            Role("r\($0)", inherits: $0 + 1 < count ? ["r\($0 + 1)"] : [], grants: ["x"])
        }
        let engine = try PolicyEngine(Policy(roles: roles))
        let line = #"{"principal":{"id":"p","roles":["r0"]},"permission":"x"}"#
        let (answer, isAllowed) = engine.answer(
            checkLine: Array(line.utf8),
            now: Timestamp(clampingSecondsSinceEpoch: 0)
        )
        #expect(isAllowed)
        guard case .array(let reasons) = answer["reasons"] else { return [] }
        return reasons.map { reason in
            guard case .array(let path) = reason["path"] else { return [] }
            return path.map { if case .string(let name) = $0 { name } else { "" } }
        }
    }

    @Test("the paths of a chain of a thousand roles are in full")
    func short() throws {
        #expect(try paths(inChainOf: 1_000) == (0..<1_000).map { last in (0...last).map { "r\($0)" } })
    }

    @Test("a path beyond a million names has only the role that decided")
    func long() throws {
        let paths = try paths(inChainOf: 50_000)
        #expect(paths.count == 50_000)
        // 1,413 paths have together 998,991 names, and with the next one more than a million.
        #expect(paths[1_412] == (0...1_412).map { "r\($0)" })
        for place in [1_413, 1_414, 49_999] { #expect(paths[place] == ["…", "r\(place)"]) }
    }
}
#endif
