#if PolicyFiles
extension PolicyDocument {
    /// The JSON Schema (draft 2020-12) of the policy document. Editors complete and check a document by the schema.
    ///
    /// ``PolicyDocument`` refuses every document that the schema refuses. The opposite does not hold: a schema cannot express that a role
    /// must be defined, that a cycle is an error, or that two constraints contradict each other.
    ///
    /// In VS Code with the YAML extension, the first line of a document names the schema's file:
    /// `# yaml-language-server: $schema=policy.schema.json`.
    public static let schema = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Gatehouse policy",
          "description": "Roles, what they grant and deny, conditional rules, separation of duty, and who holds what.",
          "type": "object",
          "required": ["gatehouse"],
          "additionalProperties": false,
          "properties": {
            "gatehouse": { "description": "The version of the format.", "const": 1 },
            "combining": {
              "description": "How what several held roles say becomes one decision.",
              "enum": ["deny-overrides", "any-clean-role"],
              "default": "deny-overrides"
            },
            "permissions": {
              "description": "The catalogue. With one, every exact name in the document must be in it. Each name has a description.",
              "type": "object",
              "propertyNames": { "$ref": "#/$defs/name" },
              "additionalProperties": { "type": "string" }
            },
            "roles": {
              "description": "The roles by name.",
              "type": "object",
              "propertyNames": { "$ref": "#/$defs/name" },
              "additionalProperties": { "$ref": "#/$defs/role" }
            },
            "rules": {
              "description": "Conditional grants and denials.",
              "type": "array",
              "items": { "$ref": "#/$defs/rule" }
            },
            "constraints": {
              "description": "Separation of duty: roles of which at most so many may be held together.",
              "type": "array",
              "items": { "$ref": "#/$defs/constraint" }
            },
            "assignments": {
              "description": "Principals that the document itself knows.",
              "type": "array",
              "items": { "$ref": "#/$defs/assignment" }
            }
          },
          "$defs": {
            "name": {
              "description": "1 to 16 segments of letters, digits, _, - and ., joined by colons.",
              "type": "string",
              "maxLength": 256,
              "pattern": "^[A-Za-z0-9_.-]+(:[A-Za-z0-9_.-]+){0,15}$"
            },
            "pattern": {
              "description": "A name in which a segment may be * (one segment), and the last one ** (one or more).",
              "type": "string",
              "maxLength": 256,
              "pattern": "^(\\*\\*|([A-Za-z0-9_.-]+|\\*)(:([A-Za-z0-9_.-]+|\\*)){0,15}|(([A-Za-z0-9_.-]+|\\*):){1,15}\\*\\*)$"
            },
            "segment": { "type": "string", "maxLength": 256, "pattern": "^[A-Za-z0-9_.-]+$" },
            "nonEmpty": { "type": "string", "minLength": 1 },
            "time": {
              "description": "RFC 3339, or Unix seconds.",
              "type": ["string", "number"]
            },
            "role": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "description": { "type": "string" },
                "inherits": {
                  "description": "Roles of which this one has everything, denials included.",
                  "type": "array",
                  "items": { "$ref": "#/$defs/name" }
                },
                "grants": { "type": "array", "items": { "$ref": "#/$defs/pattern" } },
                "denies": { "type": "array", "items": { "$ref": "#/$defs/pattern" } }
              }
            },
            "rule": {
              "type": "object",
              "required": ["id", "effect", "roles", "permissions"],
              "additionalProperties": false,
              "properties": {
                "id": { "description": "Unique in the document.", "$ref": "#/$defs/nonEmpty" },
                "effect": { "enum": ["allow", "deny"] },
                "roles": {
                  "description": "Roles of which one must be held; \"*\" is every principal.",
                  "type": "array",
                  "minItems": 1,
                  "items": { "anyOf": [{ "const": "*" }, { "$ref": "#/$defs/name" }] }
                },
                "permissions": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/pattern" } },
                "when": { "description": "Without it the rule always applies.", "$ref": "#/$defs/condition" }
              }
            },
            "constraint": {
              "type": "object",
              "required": ["id", "kind", "roles", "limit"],
              "additionalProperties": false,
              "properties": {
                "id": { "description": "Unique in the document.", "$ref": "#/$defs/nonEmpty" },
                "kind": {
                  "description": "static also checks the document's assignments; both kinds deny a check.",
                  "enum": ["static", "dynamic"]
                },
                "roles": { "type": "array", "minItems": 2, "items": { "$ref": "#/$defs/name" } },
                "limit": {
                  "description": "At most this many of the roles together: from 1 to their number minus 1.",
                  "type": "integer",
                  "minimum": 1
                }
              }
            },
            "assignment": {
              "type": "object",
              "required": ["principal", "role"],
              "additionalProperties": false,
              "properties": {
                "principal": { "$ref": "#/$defs/nonEmpty" },
                "type": { "$ref": "#/$defs/segment", "default": "user" },
                "issuer": {
                  "description": "Who vouches for the principal; without it the authorizer's own issuer.",
                  "$ref": "#/$defs/nonEmpty"
                },
                "organization": { "description": "Without it the role holds in every organization and in none.", "$ref": "#/$defs/nonEmpty" },
                "role": { "$ref": "#/$defs/name" },
                "resource": {
                  "description": "type:id; the role then holds for checks on that resource alone.",
                  "type": "string",
                  "pattern": "^[A-Za-z0-9_.-]+:"
                },
                "notBefore": { "$ref": "#/$defs/time" },
                "notAfter": { "$ref": "#/$defs/time" }
              }
            },
            "condition": {
              "description": "Exactly one operator.",
              "type": "object",
              "minProperties": 1,
              "maxProperties": 1,
              "additionalProperties": false,
              "properties": {
                "equals": { "$ref": "#/$defs/operands" },
                "notEquals": { "$ref": "#/$defs/operands" },
                "lessThan": { "$ref": "#/$defs/operands" },
                "atMost": { "$ref": "#/$defs/operands" },
                "greaterThan": { "$ref": "#/$defs/operands" },
                "atLeast": { "$ref": "#/$defs/operands" },
                "in": { "$ref": "#/$defs/operands" },
                "contains": { "$ref": "#/$defs/operands" },
                "startsWith": { "$ref": "#/$defs/operands" },
                "exists": { "description": "An attribute path, such as $resource.owner.", "type": "string", "pattern": "^\\$[^$]" },
                "all": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/condition" } },
                "any": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/condition" } },
                "not": { "$ref": "#/$defs/condition" }
              }
            },
            "operands": {
              "description": "Two operands. A string that begins with $ is an attribute path; $$ begins a literal dollar sign.",
              "type": "array",
              "minItems": 2,
              "maxItems": 2
            }
          }
        }
        """#
}
#endif
