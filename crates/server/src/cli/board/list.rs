//! `moot board list`.

use clap::Args;
use model::moderation::{Seat, seat::SeatState};
use serde_json::{Value, json};
use service::moderation::board::{current_governance, documents, seats};

use crate::cli::session::with_data;

#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    /// For scripts: one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &List) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let board = seats::board(app).await?;
        let seats = seats::seats(app).await?;
        let governance = current_governance(app).await?;
        let unwritten = documents::unwritten(app).await?;
        if arguments.json {
            let seats = seats
                .iter()
                .map(|seat| json!({"seat": seat.no, "holder": seat.held.as_ref().map(holder)}));
            let board = board.iter().map(|member| {
                json!({
                    "id": member.person.id.to_string(),
                    "handle": member.person.handle,
                    "name": member.person.name,
                    "origin": member.origin.as_str(),
                    "votes_wait": member.person.votes_wait,
                })
            });
            let all = json!({
                "board": board.collect::<Vec<_>>(),
                "seats": seats.collect::<Vec<_>>(),
                "governance": governance,
                "unwritten": unwritten.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
            });
            println!("{all}");
            return Ok(());
        }
        if board.is_empty() {
            println!("There is no board yet: moot board bootstrap NAME…");
        }
        for member in &board {
            let waits = if member.person.votes_wait {
                "  (votes wait for the board)"
            } else {
                ""
            };
            println!(
                "board   {:<30}  {}{waits}",
                member.person.handle,
                member.origin.as_str()
            );
        }
        for seat in &seats {
            match &seat.held {
                Some(held) => println!(
                    "seat {:<2} {:<30}  {}",
                    seat.no,
                    held.holder.handle,
                    state(held)
                ),
                None => println!("seat {:<2} vacant", seat.no),
            }
        }
        println!(
            "{} of {} moderators decide; a decision of the board is confirmed by {} more.",
            governance.threshold, governance.seats, governance.board_confirmations
        );
        for kind in unwritten {
            eprintln!(
                "warning: “{}” is the default that came with Moot; nobody has adopted it",
                documents::title(kind)
            );
        }
        Ok(())
    })
}

fn holder(seat: &Seat) -> Value {
    json!({
        "id": seat.holder.id.to_string(),
        "handle": seat.holder.handle,
        "name": seat.holder.name,
        "state": seat.state.as_str(),
        "why": state(seat),
        "ad_hoc_for": seat.ad_hoc_for.map(|id| id.to_string()),
    })
}

fn state(seat: &Seat) -> &'static str {
    match seat.state {
        _ if seat.holder.votes_wait => "votes wait for the board",
        SeatState::Active => "active",
        SeatState::OnLeave => "on leave",
        SeatState::Inactive => "blocked: has left the organisation",
        SeatState::NoSecondFactor => "blocked: has no second factor",
    }
}
