package chat

import (
	"strings"
	"testing"
)

// templateOf returns a template of rendered.json, with some of it written otherwise.
func templateOf(t *testing.T, name string, oldnew ...string) string {
	t.Helper()
	for _, template := range readPublished(t).Templates {
		if template.Name != name {
			continue
		}
		text := template.Template
		for i := 0; i < len(oldnew); i += 2 {
			if !strings.Contains(text, oldnew[i]) {
				t.Fatalf("the template of %s has no %q", name, oldnew[i])
			}
			text = strings.ReplaceAll(text, oldnew[i], oldnew[i+1])
		}
		return text
	}
	t.Fatalf("there is no template of %s", name)
	return ""
}

// What these write is not what the forms write, or for some conversations is not.
func TestATemplateWithAnOddLoopOrConditionIsNotGuessed(t *testing.T) {
	const (
		loop     = "{% for message in messages %}"
		turn     = "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}"
		content  = "message['content']"
		end      = "{% endfor %}"
		asks     = "{% if add_generation_prompt %}"
		qwenTurn = `(message.role == "user") or (message.role == "system" and not loop.first)`
	)
	plain := func(oldnew ...string) string { return templateOf(t, "plain", oldnew...) }
	for name, template := range map[string]string{
		"all but the first turn":                   plain(loop, "{% for message in messages[1:] %}"),
		"the turns from behind":                    plain(loop, "{% for message in messages|reverse %}"),
		"the turns from behind, by a slice":        plain(loop, "{% for message in messages[::-1] %}"),
		"the last turn alone":                      plain(loop, "{% for message in messages[-1:] %}"),
		"a filtered loop":                          plain(loop, "{% for message in messages if message.role != 'system' %}"),
		"the first turn alone":                     plain(turn, "{% if loop.first %}"+turn+"{% endif %}"),
		"all but the last turn":                    plain(turn, "{% if not loop.last %}"+turn+"{% endif %}"),
		"a turn of the system left out":            plain(turn, "{% if message.role != 'system' %}"+turn+"{% endif %}"),
		"the turns of the user alone":              plain(turn, "{% if message['role'] == 'user' %}"+turn+"{% endif %}"),
		"a later turn of the system left out":      plain(turn, "{% if message.role != 'system' or loop.first %}"+turn+"{% endif %}"),
		"every second turn":                        plain(turn, "{% if loop.index0 % 2 == 0 %}"+turn+"{% endif %}"),
		"the eighth turn left out":                 plain(turn, "{% if loop.index0 != 7 %}"+turn+"{% endif %}"),
		"long conversations cut":                   plain(loop, "{% if messages|length > 40 %}{% set messages = messages[1:] %}{% endif %}"+loop),
		"a text left out":                          plain(turn, "{% if message.content != 'no' %}"+turn+"{% endif %}"),
		"an empty text left out":                   plain(turn, "{% if message.content %}"+turn+"{% endif %}"),
		"a turn twice":                             plain(turn, turn+turn),
		"every turn again behind them":             plain(end, end+loop+turn+end),
		"a loop in the loop":                       plain(turn, loop+turn+end),
		"the start token before every turn":        plain(turn, "{{ bos_token }}"+turn),
		"the start token behind the turns":         plain(end, end+"{{ bos_token }}"),
		"the start token of Llama 3 in every turn": templateOf(t, "Llama 3", "{% if loop.index0 == 0 %}", "", "bos_token + content %}{% endif %}", "bos_token + content %}"),
		"the start token of Llama 3 in the second": templateOf(t, "Llama 3", "loop.index0 == 0", "loop.index0 == 1"),
		"spaces cut off for one role":              plain(turn, "{% if message.role == 'user' %}"+strings.Replace(turn, content, content+"|trim", 1)+"{% else %}"+turn+"{% endif %}"),
		"spaces cut off from the left":             plain(content, content+".lstrip()"),
		"lines cut off":                            plain(content, content+".strip('\\n')"),
		"the text again behind the turn":           plain(turn, "{% set content = message.content %}"+turn+"{{ content }}"),
		"the text alone behind the turn":           plain(turn, turn+"{{ message.content }}"),
		"a role in capitals":                       plain("message['role']", "message['role']|upper"),
		"the answer begun sometimes":               plain(asks, "{% if messages[-1].role != 'assistant' %}"),
		"the answer begun behind a question":       plain(asks, "{% if add_generation_prompt and messages[-1].role == 'user' %}"),
		"the answer begun twice":                   plain(asks, asks+"{{ '<|im_start|>assistant\n' }}"),
		"the answer begun where none is asked for": plain(asks, "{% if not add_generation_prompt %}"),
		"an answer begun with thoughts":            plain("'<|im_start|>assistant\n'", "'<|im_start|>assistant\n<think>\n'"),
		"the system asked for wrongly":             templateOf(t, "SmolLM2", "messages[0]['role'] != 'system'", "messages[0]['role'] == 'system'"),
		"the system behind the first turn":         templateOf(t, "SmolLM2", "loop.first and messages[0]['role'] != 'system'", "loop.last and messages[0]['role'] != 'system'"),
		"the system only before a question":        templateOf(t, "SmolLM2", "messages[0]['role'] != 'system'", "message['role'] == 'user'"),
		"the system before every turn":             templateOf(t, "SmolLM2", "loop.first and ", ""),
		"a control token in the system":            templateOf(t, "SmolLM2", "You are a", "You<|im_end|> are a"),
		"Qwen's answers left out":                  templateOf(t, "Qwen2.5", ` or (message.role == "assistant" and not message.tool_calls)`, ""),
		"Qwen3's system twice":                     templateOf(t, "Qwen3", qwenTurn, `(message.role == "user") or (message.role == "system")`),
		"Qwen3's thoughts kept otherwise":          templateOf(t, "Qwen3", "loop.index0 > ns.last_query_index", "loop.last"),
		"Qwen3's question found otherwise":         templateOf(t, "Qwen3", `ns.multi_step_tool and message.role == "user"`, `ns.multi_step_tool and message.role == "system"`),
		"Llama 3.2's system not cut":               templateOf(t, "Llama 3.2", "{%- set system_message = messages[0]['content']|trim %}", "{%- set system_message = messages[0]['content'] %}"),
		"Llama 3.2's system twice":                 templateOf(t, "Llama 3.2", "    {%- set messages = messages[1:] %}\n{%- else %}\n    {%- set system_message", "{%- else %}\n    {%- set system_message"),
		"Llama 3.2's date twice":                   templateOf(t, "Llama 3.2", `"Today Date: " + date_string`, `"Today Date: " + date_string + date_string`),
		"an expression with a condition":           plain("'<|im_start|>assistant\n'", "'<|im_start|>assistant\n' if x else ''"),
		"a token of the file":                      plain("'<|im_end|>'", "eos_token"),
		"tools that are there":                     plain(loop, "{% set tools = true %}"+loop),
		"the turns only if tools are not given":    plain(loop, "{% if not tools is defined %}"+loop, end, end+"{% endif %}"),
		"a block within a block":                   plain(end, end+"{% if tools %}{% for x in tools %}{% endif %}{% endfor %}"),
		"a loop that has no end":                   plain(end, ""),
		"a condition that has no end":              plain(end+"{% if", "{% if x %}"+end+"{% if"),
		"an else too many":                         plain(end, end+"{% else %}"),
		"many brackets":                            plain("if add_generation_prompt", "if "+strings.Repeat("(", 2000)+"add_generation_prompt"+strings.Repeat(")", 2000)),
		"a text that grows":                        "{% set x = 'xxxxxxxx' %}" + strings.Repeat("{% set x = x + x + x + x %}", 100) + plain(),
		"a long template":                          plain() + strings.Repeat("{# nothing #}", 4000),
		"a conversation in a condition about it":   plain(loop, "{% if messages %}"+loop, end, end+"{% endif %}"),
	} {
		if c, ok := Of(template); ok {
			t.Errorf("%s: is recognised as %s", name, c.Name())
		}
	}
}

// The same templates in other words, as other models are published with them.
func TestATemplateInOtherWordsIsRecognised(t *testing.T) {
	for name, with := range map[string]struct{ template, is string }{
		"Qwen2": {templateOf(t, "SmolLM2", "You are a helpful AI assistant named SmolLM, trained by Hugging Face", "You are a helpful assistant."), "ChatML"},
		"Qwen3 with texts alone": {templateOf(t, "Qwen3",
			"{%- for message in messages %}\n    {%- if (message.role", "{%- for message in messages %}\n    {%- if message.content is string %}\n        {%- set content = message.content %}\n"+
				"    {%- else %}\n        {%- set content = '' %}\n    {%- endif %}\n    {%- if (message.role",
			`message.role == "user" and not(`, `message.role == "user" and message.content is string and not(`,
			"{%- set content = message.content %}\n        {%- set reasoning_content = '' %}", "{%- set reasoning_content = '' %}",
			"message.reasoning_content is defined and message.reasoning_content is not none", "message.reasoning_content is string"), "ChatML"},
		"Llama 3 that begins an answer only if asked": {templateOf(t, "Llama 3", "{% endfor %}{{", "{% endfor %}{% if add_generation_prompt %}{{") + "{% endif %}", "Llama 3"},
		"Llama 3.1": {templateOf(t, "Llama 3.2", "{%- if strftime_now is defined %}\n        {%- set date_string = strftime_now(\"%d %b %Y\") %}\n    {%- else %}\n", "", "{%- set date_string = \"26 Jul 2024\" %}\n    {%- endif %}",
			"{%- set date_string = \"26 Jul 2024\" %}", "{%- if tools is not none %}\n    {{- \"Environment", "{%- if builtin_tools is defined or tools is not none %}\n    {{- \"Environment"), "Llama 3"},
		"one that cuts texts":   {templateOf(t, "plain", "message['content']", "message['content'] | trim"), "ChatML"},
		"the start token first": {"{{ bos_token }}" + templateOf(t, "plain"), "ChatML"},
	} {
		if c, ok := Of(with.template); !ok || c.Name() != with.is {
			t.Errorf("%s is %s, %v; expected %s", name, c.Name(), ok, with.is)
		}
	}
}

func TestAConditionOfATemplateIsMetAsInJinja(t *testing.T) {
	t1 := &trial{flags: map[string]bool{"yes": true, "no": false}, lists: map[string][]Turn{"messages": {{"user", ""}}}}
	for condition, want := range map[string]bool{
		"yes": true, "not yes": false, "no or yes": true, "no and yes": false, "yes or no and no": true, "(yes or no)and no": false, "not(no or no)and yes": true, "not no and no": false,
		`messages[0].role=="user"and yes`: true, `messages[0].role!="user"or no`: false, "no and unknown": false, "yes or unknown": true, "not((no)or(no))": true,
	} {
		if got := t1.holds(condition, 0); got != want || t1.weird {
			t.Errorf("%q is %v, strange: %v; expected %v", condition, got, t1.weird, want)
		}
	}
	if t1.holds("unknown", 0); !t1.weird {
		t.Error("what is not known is not strange")
	}
}
