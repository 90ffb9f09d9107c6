package feature

import (
	"slices"
	"unicode/utf8"

	"glassbox/web/engine"
	"glassbox/web/explain"
	"glassbox/web/say"
)

// Update returns the state after something happened, and what the page has to do about
// it. It is the only place where the state changes, and it is pure: the same state and
// message give the same result, and the state that went in is still what it was.
func Update(s State, m Msg) (State, []Command) {
	said := s.Notice
	if byReader(m) {
		said = ""
		s.Notice, s.Reveal.ID, s.acted = "", "", true
		if _, opens := m.(MenuToggled); !opens {
			s.Menu = false
		}
		for _, f := range s.list() {
			if f.Touched != nil {
				f.Touched(&s)
			}
		}
	}
	s.reword()
	u := &Change{State: s}
	u.Handle(m)
	u.settleMode()
	u.settleLastPin()
	for _, f := range u.list() {
		if f.Settle != nil {
			f.Settle(u)
		}
	}
	u.guide()
	u.moveWindow()
	u.fetch()
	u.fetchTablePage()
	u.confirmTrail()
	u.timeNotice(said)
	u.watchRequests()
	u.settleDeaths()
	u.CanUndo, u.CanRedo = len(u.past) > 0, len(u.later) > 0
	u.writeLink(m)
	u.show()
	return u.State, u.commands
}

// A notice goes by itself after noticeMillis, a long one when it can have been read, but not while the pointer is on it.
const (
	noticeMillis = 4000
	letterMillis = 50
)

// NoticeHeld says that the pointer came to the notice, or left it.
type NoticeHeld struct{ On bool }

// Silent tells that the reader did nothing but point.
func (NoticeHeld) Silent() {}

// NoticeTimed says that the time of a notice is over. Turn tells one from the next.
type NoticeTimed struct{ Turn int }

// Silent tells that it went without the reader.
func (NoticeTimed) Silent() {}

// timeNotice has a notice go that was not said before.
func (u *Change) timeNotice(said string) {
	if u.Notice != said && u.Notice != "" {
		u.noticeTurn++
		u.noticeHeld = false
		u.Do(After{max(noticeMillis, letterMillis*utf8.RuneCountInString(u.Notice)), NoticeTimed{u.noticeTurn}})
	}
}

// holdNotice keeps the notice while the pointer is on it. When it leaves, the time begins anew.
func (u *Change) holdNotice(on bool) {
	if u.noticeHeld = on; !on && u.Notice != "" {
		u.noticeTurn++
		u.Do(After{noticeMillis, NoticeTimed{u.noticeTurn}})
	}
}

// endNotice takes the notice away whose time is over.
func (u *Change) endNotice(turn int) {
	if turn == u.noticeTurn && !u.noticeHeld {
		u.Notice = ""
	}
}

// reword words anew what the state keeps in words, where another language is spoken than before.
func (s *State) reword() {
	if s.spoken == say.Spoken() {
		return
	}
	s.spoken = say.Spoken()
	s.Models = slices.Clone(s.Models)
	for i, c := range s.Models {
		s.Models[i] = c.Worded()
	}
	if s.Facts != nil {
		s.Facts = explain.Parameters(s.Config.Account())
	}
}

// A Change is a state on its way, and the commands so far.
type Change struct {
	State
	commands  []Command
	leadsAway bool // the message leads to another place, though the reader asked for that before
}

// Do has the page carry commands out.
func (u *Change) Do(c ...Command) { u.commands = append(u.commands, c...) }

// send asks the engine, and returns the ID of the request.
func (u *Change) send(q engine.Request) int {
	u.lastID++
	q.ID = u.lastID
	u.Do(Send{q})
	return q.ID
}

// Handle gives a message to the features, and then to the function of the page that knows what to
// do. Features call it for what is not theirs.
func (u *Change) Handle(m Msg) {
	for _, f := range u.list() {
		if f.Handle != nil && f.Handle(u, m) {
			return
		}
	}
	u.handle(m)
}

// settleMode ends the mode of a feature that does not go on where the reader is now.
func (u *Change) settleMode() {
	if f := u.list().Named(u.Mode); f.Stays != nil && !f.Stays(&u.State) {
		u.Mode = ""
	}
}

// handle gives a message to the function that knows what to do.
func (u *Change) handle(m Msg) {
	switch m := m.(type) {
	case PromptChanged:
		u.write(m.Text)
	case TextChosen:
		u.chooseText(m.Text)
	case TurnAdded:
		u.addTurn()
	case FormChosen:
		u.Read(m.Form)
	case SamplingChanged:
		u.sample(m.Sampling)
	case EditsChanged:
		u.changeEdits(m)
	case ShowChosen:
		u.Show = m.Show
		u.Compute()
	case StepPressed:
		u.Step()
	case PlayPressed:
		u.Play()
	case PlayTicked:
		u.tick(m.Turn)
	case ResetPressed:
		u.Reset()
	case UndoPressed:
		u.undo()
	case RedoPressed:
		u.redo()
	case Replied:
		u.reply(m.Reply)
	case WorkerStarted:
		if u.Phase == Loading && !u.Waits(ForModel) {
			u.load()
		}
	case WorkerDied:
		u.restartAfterDeath(m.Reason)
	case RetryPressed:
		u.retry()
	default:
		u.handleView(m)
	}
}

// handleView handles what changes the view, but no number of the model.
func (u *Change) handleView(m Msg) {
	switch m := m.(type) {
	case ModelChosen:
		u.chooseModel(m.ID)
	case StageChosen:
		u.GoTo(m.Stage)
	case PanelChosen:
		u.ChoosePanel(m.Name)
	case CellHovered:
		if u.Hover = m.Cell; !u.Has(m.Cell) {
			u.Hover = nil
		}
		u.FetchExplanation()
	case CellChosen:
		u.ChooseCell(m.Cell)
	case CellMoved:
		u.ChooseCell(m.Cell)
	case TraceStarted, OperandFollowed, LargestFollowed, CrumbChosen, CellVisited:
		u.handleTrail(m)
	case Navigated:
		u.navigate(m.Hash)
	case Directed:
		u.direct(m.Hash)
	case LinkFollowed:
		u.GoByHash(m.Hash)
		u.DoVerbs(m.Hash)
	case Hosted:
		u.host(m.Query)
	case CameraRested:
		u.rest(m.Camera)
	default:
		u.handlePage(m)
	}
}

// handlePage handles what belongs to the page around the model.
func (u *Change) handlePage(m Msg) {
	switch m := m.(type) {
	case ThemeChosen:
		u.Theme = m.Theme
	case StillnessChanged:
		u.still = m.Still
	case CloseUpPressed:
		u.closeUp()
	case TextSought:
		u.Do(Focus{ID: TextFocus})
	case ScaleChosen:
		u.Scale = m.Scale
	case SheetMoved:
		u.Sheet = m.Sheet
	case MenuToggled:
		u.Menu = !u.Menu
	case LettersToggled:
		u.LettersOff = !u.LettersOff
	case Frozen:
		u.freeze(m.On)
	case NoticeHeld:
		u.holdNotice(m.On)
	case NoticeTimed:
		u.endNotice(m.Turn)
	case LinkPressed:
		u.LinkText = ""
		u.Do(CopyLink{})
	case LanguageChanged:
		if u.Notice = ""; m.Lost != "" { // what stood there is in the language of before
			u.Notice = say.Feature.LanguageLost(m.Lost)
		}
	case LinkCopied:
		u.copied(m.Link, m.OK)
	case Copied:
		if u.Notice = say.Feature.Copied(m.What); !m.OK {
			u.Notice = say.Feature.NotCopied()
		}
	case PictureFailed:
		u.Notice = m.Reason
	case LinkClosed:
		u.LinkText = ""
	case ProblemDismissed:
		u.Problem = nil
	case Crashed:
		u.crashed(m.Reason)
	default:
		u.handleFailure(m)
	}
}

// Busy reports whether an answer is under way that will change what the page shows. For one that does not come the page
// waits no longer than until it asks the reader what to do.
func Busy(s State) bool {
	if s.wait.asking {
		return false
	}
	return s.Phase == Starting || s.Phase == Loading || s.waiting || s.stepping || s.requests.busy()
}

// byReader reports whether a message is something that the reader did on purpose.
func byReader(m Msg) bool {
	switch m.(type) {
	case Replied, PlayTicked, CellHovered, WorkerStarted, WorkerDied, Crashed, Navigated, Directed, LanguageChanged, Frozen,
		Hosted, StillnessChanged, CameraRested, LinkCopied, Copied, PictureFailed, SceneFlat, SceneSolid, Waited, Silent:
		return false
	}
	return true
}
