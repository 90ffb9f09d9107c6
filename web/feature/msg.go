package feature

import (
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

// A Msg is something that happened. Update turns it into a new state.
type Msg interface{}

// What the reader does.
type (
	// FormChosen has the text read in another form: engine.FormText, FormBare or FormChat.
	FormChosen struct{ Form string }
	// TurnAdded makes the answer of a conversation a part of the text, for the reader to reply to it.
	TurnAdded struct{}
	// PromptChanged is sent on every change of the text field.
	PromptChanged struct{ Text string }
	// TextChosen puts another text there: what undo brings back is what stood there before.
	TextChosen struct{ Text string }
	// ModelChosen picks a model of the switch.
	ModelChosen struct{ ID string }
	// StageChosen flies to a stage.
	StageChosen struct{ Stage run.Stage }
	// PanelChosen selects a step or weight, and flies to it.
	PanelChosen struct{ Name string }
	// CellHovered moves the pointer over a cell; nil leaves.
	CellHovered struct{ Cell *run.Cell }
	// CellChosen pins a cell; nil releases.
	CellChosen struct{ Cell *run.Cell }
	// CellMoved pins the one beside it, where an arrow key led. Such moves make no entries
	// in the history.
	CellMoved struct{ Cell *run.Cell }
	// StepPressed writes the next token.
	StepPressed struct{}
	// PlayPressed starts or stops stepping by itself.
	PlayPressed struct{}
	// PlayTicked is the pause between two steps of Play. Turn tells one playing from the next.
	PlayTicked struct{ Turn int }
	// ResetPressed removes what was generated.
	ResetPressed struct{}
	// SamplingChanged moves a control.
	SamplingChanged struct{ Sampling run.Sampling }
	// EditsChanged makes these edits in the run, instead of those before. Changes of one kind in a row are undone together; "": alone.
	EditsChanged struct {
		Edits []run.Edit
		Kind  string
	}
	// ShowChosen picks which numbers of a run with edits the scene shows.
	ShowChosen struct{ Show engine.Show }
	// ThemeChosen picks a theme.
	ThemeChosen struct{ Theme address.Theme }
	// ScaleChosen picks what colours are measured by.
	ScaleChosen struct{ Scale address.Scale }
	// SheetMoved draws the sheet of a narrow screen up or down.
	SheetMoved struct{ Sheet Sheet }
	// MenuToggled opens or closes the menu of models; whatever else the reader does closes it.
	MenuToggled struct{}
	// LettersToggled turns the keys that are single characters off or on.
	LettersToggled struct{}
	// PlaceChosen says after which token, −1 the last one, and at which step of the stream, "" none, the tools of the lab look: they
	// tell one another.
	PlaceChosen struct {
		Row  int
		Step string
	}
	// WhyAsked asks what the parts of the network add to the logit of a token, rather than to that of Against, −1: what the model
	// is as likely to say.
	WhyAsked struct{ Token, Against int }
	// TokenSought looks for a token of a long vocabulary: by its text, with or without the space
	// before it, or by its id.
	TokenSought struct{ Find string }
	// UndoPressed and RedoPressed walk through the changes of text and settings.
	UndoPressed struct{}
	RedoPressed struct{}
	// LinkPressed copies the link to this state.
	LinkPressed struct{}
	// LinkClosed puts the link away that was shown because it could not be copied.
	LinkClosed struct{}
	// RetryPressed tries again after a Problem.
	RetryPressed struct{}
	// ProblemDismissed closes the message.
	ProblemDismissed struct{}
)

// What the rest of the world does.
type (
	// Replied brings an answer of the engine.
	Replied struct{ Reply engine.Reply }
	// Navigated brings the hash of the URL: at the start, and on back and forward.
	Navigated struct{ Hash string }
	// Directed goes where a program says, by the hash of a link.
	Directed struct{ Hash string }
	// Hosted brings the query of the URL, before anything else.
	Hosted struct{ Query string }
	// CameraRested says where the reader moved the camera, once it stands still; nil: it
	// is where the last flight led.
	CameraRested struct{ Camera *camera.State }
	// StillnessChanged says whether the reader's system asks for less motion: then nothing
	// runs by itself.
	StillnessChanged struct{ Still bool }
	// LanguageChanged says that the page speaks another language, because Lost can't be read; "" because it was asked to.
	LanguageChanged struct{ Lost string }
	// LinkCopied says what became of CopyLink. Link is "" where the page has no address.
	LinkCopied struct {
		Link string
		OK   bool
	}
	// Copied says what became of Copy.
	Copied struct {
		What string // "The text"
		OK   bool
	}
	// PictureFailed says why a picture could not be saved.
	PictureFailed struct{ Reason string }
	// WorkerStarted says that a new engine listens, after RestartWorker.
	WorkerStarted struct{}
	// WorkerDied says that the engine is gone.
	WorkerDied struct{ Reason string }
	// Crashed says that a handler panicked.
	Crashed struct{ Reason string }
)

// A Command is a side effect for the page to carry out.
type Command interface{}

// The commands.
type (
	// Send asks the engine.
	Send struct{ Request engine.Request }
	// Fly moves the camera so that the named tensors are in view; none: the whole model.
	Fly struct{ Names []string }
	// SetCamera puts the camera where a link says, by a flight or at once.
	SetCamera struct {
		Camera camera.State
		Flying bool
	}
	// ShowValues hands numbers to the scene.
	ShowValues struct{ Values []engine.Values }
	// ShowCoarse hands averages to the scene, of tensors whose numbers are too many.
	ShowCoarse struct{ Coarse []engine.Coarse }
	// ShowSteps hands a new structure to the scene.
	ShowSteps struct{}
	// SetHash writes the URL; Push makes an entry of the history.
	SetHash struct {
		Hash string
		Push bool
	}
	// After sends Msg when the time has passed.
	After struct {
		Millis int
		Msg    Msg
	}
	// CopyLink puts the link on the clipboard.
	CopyLink struct{}
	// LoadModel fetches the weights (embedded or beside the page) and sends them as Load
	// under the ID of the request. What fails before comes back as a Reply with an Error.
	LoadModel struct {
		ID      string
		Request int
		Beside  bool // for the second engine
	}
	// LoadTable does the same with the GPT-2 rank table.
	LoadTable struct{ Request int }
	// RestartWorker replaces a dead engine.
	RestartWorker struct{}
)
