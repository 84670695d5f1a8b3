import Gatehouse
import Testing

@Suite("A decision is the same where few and where most of many permissions are granted and denied")
struct IDSetTests {
    private static let count = 1_280  // up to a 64th of them are listed, more are bits

    @Test(
        "one role and several together give the expected decisions",
        arguments: Policy.Combining.allCases,
        [0, 1, 2, 19, 20, 21, 22, 63, 64, 65, 1_279, 1_280]
    )
    func decisions(combining: Policy.Combining, granted: Int) throws {
        let names = (0..<Self.count).map { "p:\($0)" }
        // The grants stand in no order; every third is denied, and every fifth where a condition holds.
        let grants = (0..<granted).map { names[$0 * 7 % Self.count] }
        let denied = Set(grants.enumerated().filter { $0.offset % 3 == 0 }.map(\.element))
        let limited = Set(grants.enumerated().filter { $0.offset % 5 == 0 }.map(\.element))
        let isLimited = Condition.equals("$context.limited", true)
        let policy = Policy(
            combining: combining,
            permissions: names.map { CataloguedPermission($0) },
            roles: [
                Role("grants", grants: grants.reversed()),
                Role("denies", inherits: ["grants"], denies: denied.sorted()),
            ],
            rules: limited.isEmpty
                ? [] : [Rule("limit", .deny, permissions: limited.sorted(), roles: ["grants"], when: isLimited)]
        )
        let engine = try PolicyEngine(policy)
        for roles in [["grants"], ["denies"], ["grants", "denies"]] as [[RoleAssignment]] {
            // Under any-clean-role the grants alone do, whatever else is held.
            let isDenying =
                combining == .denyOverrides ? roles.count == 2 || roles[0].role == "denies" : roles == ["denies"]
            for (isOn, context) in [(true, ["limited": true]), (false, ["limited": false])] as [(Bool, JSONValue)] {
                let allowed = try names.filter { name in
                    try engine.allows(
                        AccessCheck(
                            Permission(validating: name),
                            by: Principal("p", roles: roles),
                            context: context,
                            at: .distantPast
                        )
                    )
                }
                let expected = names.filter { name in
                    grants.contains(name) && !(isDenying && denied.contains(name)) && !(isOn && limited.contains(name))
                }
                #expect(allowed == expected)
            }
        }
    }
}
