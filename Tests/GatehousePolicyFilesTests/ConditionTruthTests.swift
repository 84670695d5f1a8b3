#if PolicyFiles
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("A condition of a document is true, false or unknown, as the page of the policy document says")
struct ConditionTruthTests {
    /// The attributes that every condition here is about.
    private static let check = #"""
        "principal":{"id":"alice","organization":"org_1","roles":["member"],"attributes":{"age":41,"https://a.example/tier":"gold","null":null}},
        "permission":"PERMISSION","resource":{"type":"doc","id":"42","attributes":{"owner":"alice","size":1.50,"tags":["a",1,null],"deep":{"er":{"x":true}},"map":{"a":1,"b":[2]},"empty":""}},
        "action":{"force":true},"context":{"ip":"10.0.0.7","big":9007199254740993,"text":"e\u0301"}
        """#

    enum Truth: String { case yes, no, unknown }

    static let comparisons: [(String, Truth)] = [
        (#"{"equals":["$resource.owner","$principal.id"]}"#, .yes), (#"{"equals":["$resource.size",1.5]}"#, .yes),
        (#"{"equals":["$resource.size",15e-1]}"#, .yes), (#"{"equals":["$resource.size","1.5"]}"#, .no),
        (#"{"equals":["$principal.attributes.null",null]}"#, .yes), (#"{"equals":["$resource.owner",null]}"#, .no),
        (#"{"equals":["$resource.missing",null]}"#, .unknown), (#"{"equals":["$resource.map",{"b":[2],"a":1}]}"#, .yes),
        (#"{"equals":["$resource.map",{"a":1}]}"#, .no), (#"{"equals":["$resource.tags",["a",1,null]]}"#, .yes),
        (#"{"equals":["$resource.tags",[1,"a",null]]}"#, .no), (#"{"equals":["$action.force",1]}"#, .no),
        (#"{"equals":["$context.big",9007199254740992]}"#, .no), (#"{"equals":["$context.text","\u00e9"]}"#, .no),
        (#"{"equals":["$$x","$$x"]}"#, .yes), (#"{"equals":["$$x","x"]}"#, .no),
        (#"{"notEquals":["$resource.owner","bob"]}"#, .yes), (#"{"notEquals":["$resource.owner","alice"]}"#, .no),
        (#"{"notEquals":["$resource.size","1.5"]}"#, .yes), (#"{"notEquals":["$resource.missing",1]}"#, .unknown),
        (#"{"lessThan":["$principal.attributes.age",42]}"#, .yes),
        (#"{"lessThan":["$principal.attributes.age",41]}"#, .no),
        (#"{"lessThan":["$context.big",9007199254740994]}"#, .yes), (#"{"lessThan":["Z","a"]}"#, .yes),
        (#"{"lessThan":["$resource.owner",1]}"#, .unknown), (#"{"lessThan":["$action.force",true]}"#, .unknown),
        (#"{"lessThan":["$resource.missing",1]}"#, .unknown), (#"{"atMost":["$principal.attributes.age",41]}"#, .yes),
        (#"{"atMost":["$principal.attributes.age",40.9]}"#, .no),
        (#"{"atMost":["$principal.attributes.null",1]}"#, .unknown),
        (#"{"greaterThan":["$principal.attributes.age",40]}"#, .yes),
        (#"{"greaterThan":["$principal.attributes.age",41]}"#, .no),
        (#"{"greaterThan":["$resource.tags",1]}"#, .unknown),
        (#"{"atLeast":["$principal.attributes.age",41]}"#, .yes),
        (#"{"atLeast":["$principal.attributes.age",42]}"#, .no),
        (#"{"atLeast":["$resource.map",1]}"#, .unknown), (#"{"in":["$principal.id",["bob","$resource.owner"]]}"#, .yes),
        (#"{"in":["$principal.id",["bob"]]}"#, .no), (#"{"in":[null,"$resource.tags"]}"#, .yes),
        (#"{"in":["1","$resource.tags"]}"#, .no), (#"{"in":["a","$resource.owner"]}"#, .unknown),
        (#"{"in":["a",["a","$resource.missing"]]}"#, .unknown), (#"{"contains":["$resource.tags","a"]}"#, .yes),
        (#"{"contains":["$resource.tags","1"]}"#, .no), (#"{"contains":["$context.ip","0.0"]}"#, .yes),
        (#"{"contains":["$context.ip",""]}"#, .yes), (#"{"contains":["$context.ip","10.1"]}"#, .no),
        (#"{"contains":["$context.ip",10]}"#, .unknown), (#"{"contains":["$resource.map","a"]}"#, .unknown),
        (#"{"startsWith":["$context.ip","10."]}"#, .yes), (#"{"startsWith":["$context.ip","0.0"]}"#, .no),
        (#"{"startsWith":["$resource.empty","x"]}"#, .no), (#"{"startsWith":["$context.text","e"]}"#, .yes),
        (#"{"startsWith":["$resource.tags","a"]}"#, .unknown),
    ]

    static let paths: [(String, Truth)] = [
        (#"{"exists":"$resource.owner"}"#, .yes), (#"{"exists":"$resource.missing"}"#, .no),
        (#"{"exists":"$principal.attributes.null"}"#, .yes), (#"{"exists":"$resource.owner.x"}"#, .no),
        (#"{"exists":"$principal.claims.x"}"#, .no), (#"{"equals":["$resource.deep.er.x",true]}"#, .yes),
        (#"{"equals":["$principal.attributes[\"https://a.example/tier\"]","gold"]}"#, .yes),
        (#"{"equals":["$principal.type","user"]}"#, .yes), (#"{"equals":["$principal.organization","org_1"]}"#, .yes),
        (#"{"equals":["$principal.roles",["member"]]}"#, .yes), (#"{"exists":"$principal.issuer"}"#, .no),
        (#"{"equals":["$resource.type","doc"]}"#, .yes), (#"{"equals":["$resource.id","42"]}"#, .yes),
        (#"{"equals":["$action.name","doc:read"]}"#, .yes), (#"{"equals":["$action.force",true]}"#, .yes),
        (#"{"equals":[{"a":"$resource.owner"},{"a":"alice"}]}"#, .no),
        (#"{"equals":[["$resource.owner"],["alice"]]}"#, .yes),
    ]

    private static let yes = #"{"equals":["$resource.owner","alice"]}"#
    private static let no = #"{"equals":["$resource.owner","bob"]}"#
    private static let unknown = #"{"lessThan":["$resource.missing",1]}"#

    private static func all(_ conditions: String...) -> String { #"{"all":[\#(conditions.joined(separator: ","))]}"# }
    private static func any(_ conditions: String...) -> String { #"{"any":[\#(conditions.joined(separator: ","))]}"# }
    private static func not(_ condition: String) -> String { #"{"not":\#(condition)}"# }

    static let logic: [(String, Truth)] = [
        (not(yes), .no), (not(no), .yes), (not(unknown), .unknown), (all(yes, yes), .yes), (all(yes, no), .no),
        (all(yes, unknown), .unknown), (all(unknown, no), .no), (all(no, unknown), .no), (any(no, no), .no),
        (any(no, yes), .yes), (any(no, unknown), .unknown), (any(unknown, yes), .yes), (any(yes, unknown), .yes),
        (not(all(unknown, yes)), .unknown), (not(any(unknown, yes)), .no),
    ]

    @Test(
        "an allow rule applies where its condition is true, a denial where its condition is true or unknown",
        arguments: comparisons + paths + logic
    )
    func applies(condition: String, truth: Truth) throws {
        let document = #"""
            {"gatehouse":1,"roles":{"member":{"grants":["doc:list"]}},"rules":[
            {"id":"a","effect":"allow","roles":"*","permissions":["doc:read"],"when":\#(condition)},
            {"id":"d","effect":"deny","roles":["member"],"permissions":["doc:list"],"when":\#(condition)}]}
            """#
        let engine = try PolicyEngine(reading: Array(document.utf8))
        func isAllowed(_ permission: String) throws -> Bool {
            let check = Self.check.replacing("\n", with: "").replacing("PERMISSION", with: permission)
            let line = "{\(check)}"
            return engine.answer(checkLine: Array(line.utf8), now: .distantPast).isAllowed
        }
        #expect(try isAllowed("doc:read") == (truth == .yes))
        // There the action's name is another.
        if !condition.contains("$action.name") { #expect(try isAllowed("doc:list") == (truth == .no)) }
    }
}
#endif
